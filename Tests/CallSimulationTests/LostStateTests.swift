import CallSimulation
import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport
import Testing

/// What comes back of an answer that leaves something out, and what else is unusual and no error.
@Suite(.waiting, .timeLimit(.minutes(5))) struct LostStateTests {
    private static let wait = #""command":"wait","params":{"wait":1}"#

    private func requests(_ outcome: CallOutcome) throws -> [Request] {
        try outcome.transcript.events.filter { $0.kind == .request }.map { try Request(json: $0.text.utf8) }
    }

    /// A handler that keeps its place by itself: what it leaves out is left out.
    private func call(_ steps: String, _ change: (inout CallSetup) -> Void = { _ in }) async throws -> CallOutcome {
        try await PythonHandler(program: try HandlerProgram.steps(steps)).call([], change)
    }

    private static let forgetful =
        "[{\(wait),\"command_id\":7,\"variables\":{\"customer\":7}},{\(wait)},{\(wait)},{}]"

    @Test("What an answer leaves out is lost, with a warning each")
    func lost() async throws {
        let outcome = try await call(Self.forgetful)
        let requests = try requests(outcome)
        #expect(requests.map(\.variables.text) == ["{}", #"{"customer": 7}"#, "{}", "{}", "{}"])
        #expect(requests.map(\.commandID) == [0, 7, 0, 0, 0])
        #expect(outcome.warnings.count { $0.hasPrefix("/variables: is missing") } == 2)
        #expect(outcome.warnings.count { $0.hasPrefix("/command_id: is missing") } == 2)
        let notes = outcome.transcript.events.filter { $0.kind == .note }.map(\.text)
        #expect(notes.allSatisfy { $0.hasPrefix("warning: /") } && notes.count == 4)
    }

    @Test("The other choice keeps it")
    func kept() async throws {
        let outcome = try await call(Self.forgetful) { $0.keepsState = true }
        let requests = try requests(outcome)
        #expect(requests.dropFirst().allSatisfy { $0.variables.text == #"{"customer": 7}"# })
        #expect(requests.map(\.commandID) == [0, 7, 7, 7, 7])
    }

    @Test("Every request has all members of the page", arguments: [true, false])
    func members(isOutbound: Bool) async throws {
        let outcome = try await call("[{\(Self.wait)},{}]") { $0.isOutbound = isOutbound }
        let names = [
            "app", "callid", "request_hash", "cli_name", "cli_number", "date_started", "number", "command",
            "command_id",
            "command_result", "command_error", "call_status", "cdr_field", "variables",
        ]
        for event in outcome.transcript.events where event.kind == .request {
            guard case .object(let members) = try JSONText(event.text).value else { throw SupportError("no object") }
            #expect(members.map(\.name) == names)
        }
    }

    @Test("A status of 5xx and a lost connection are asked again only as often as one says", arguments: [0, 1, 2])
    func retries(_ count: Int) async throws {
        let wrong = #"{"wrong":{"close":true}},{"wrong":{"status":503}}"#
        let outcome = try await call("[\(wrong),{\(Self.wait)},{}]") { $0.retries = count }
        #expect((outcome.refusal == nil) == (count == 2))
        #expect(outcome.warnings.count { $0.contains("asks again, ") } == count, "\(outcome.warnings)")
    }

    @Test("A text in which nothing can be spoken is silence, and the call goes on")
    func unspeakable() async throws {
        let handler = try PythonHandler(
            #"{"command":"read","command_id":1,"params":{"media_id":"TTS|X|...","timeout_ms":1000,"attempts":1,"max_digits":1}}"#,
            #"{"command":"play","command_id":2,"params":{"media_id":"TTS|X|..."}}"#)
        let outcome = try await handler.call([.init(.asked, CommandResultTests.keys("2"))]) {
            $0.sounds = Sounds(folder: nil) { text, _ async throws(SimulationError) in
                throw SimulationError(.sound, "\"\(text)\"", "nothing in it can be spoken")
            }
        }
        #expect(outcome.steps.map(\.result) == ["2", "0"] && outcome.refusal == nil)
        #expect(outcome.warnings.count { $0 == #""...": nothing in it can be spoken; it is silence here"# } == 2)
    }

    @Test("What is in the library and no audio can't be played, and is told")
    func damagedMedia() async throws {
        let folder = TestFolder()
        try folder.write("no audio", to: "1.wav")
        let outcome = try await PythonHandler(
            #"{"command":"play","command_id":1,"params":{"media_id":"1"}}"#,
            #"{"command":"play","command_id":1,"params":{"media_id":"2"}}"#,
            #"{"command":"play_record","command_id":1,"params":{"media_file":"x"}}"#
        ).call { setup in
            setup.sounds = Sounds(folder: folder.path) { _, _ in PhoneAudio(samples: []) }
        }
        #expect(outcome.steps.map(\.result) == ["1", "1", "1"])
        #expect(outcome.warnings.contains { $0.contains("1.wav") })
        #expect(outcome.warnings.contains("the library has no media 2"))
        #expect(outcome.warnings.contains(#"no record made "x""#))
    }

    @Test("What happens is told as it happens, with the time of each answer")
    func observer() async throws {
        let told = EventList()
        let outcome = try await call("[{\(Self.wait)},{}]") { $0.observer = { told.add($0) } }
        #expect(told.events == outcome.transcript.events)
        #expect(told.events.allSatisfy { ($0.answerMs != nil) == ($0.kind == .answer) })
    }

    @Test("A call that is interrupted keeps what happened until then")
    func interrupted() async throws {
        let program = try HandlerProgram.steps(#"[{\#(Self.wait)},{"wrong":{"delay":3600}}]"#)
        let sounds = Sounds(folder: nil) { _, _ in PhoneAudio(samples: []) }
        var setup = CallSetup(try HandlerAddress(program.address), sounds: sounds)
        setup.patience = .seconds(60)
        let (requests, continuation) = AsyncStream.makeStream(of: Void.self)
        setup.observer = { if $0.kind == .request { continuation.yield() } }
        let placed = setup
        let call = Task { try await CallSimulator.place(placed) }
        var iterator = requests.makeAsyncIterator()
        for _ in 0..<2 { _ = await iterator.next() }
        call.cancel()
        let outcome = try await call.value
        #expect(outcome.duration == .seconds(1) && outcome.steps.map(\.result) == ["0"])
        #expect(outcome.refusal == nil && outcome.transcript.events.last?.text == "was interrupted")
        withExtendedLifetime(program) {}
    }
}

/// What an observer was told.
private final class EventList: Sendable {
    private let list = Mutex<[Transcript.Event]>([])

    var events: [Transcript.Event] { list.withLock { $0 } }

    func add(_ event: Transcript.Event) { list.withLock { $0.append(event) } }
}
