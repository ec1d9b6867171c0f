import CallSimulation
import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport
import Testing

/// Live calls that are saved as scenarios.
@Suite(.waiting, .timeLimit(.minutes(15))) struct SavedCallTests {
    private static let play = #"{"command":"play","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Welcome"}}"#
    private static let read =
        #"{"command":"read","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Keys","max_digits":2,"attempts":1,"timeout_ms":30000}}"#
    private static let talk =
        #"{"command":"play_talk_detect","params":{"media_id":"TTS|TTS_EN-GB_DANIEL|Long","min_ms":100,"max_ms":3000,"silence_ms":100,"analysistime_ms":5000}}"#
    private static let record = #"{"command":"record","params":{"silence":1,"max_duration":60}}"#
    private static let again = #"{"command":"play_record","params":{"media_file":"$result"}}"#

    private let folder = TestFolder()

    private static func setup(_ handler: HandlerProgram) throws -> CallSetup {
        var setup = CallSetup(
            try HandlerAddress(handler.address),
            sounds: Sounds(folder: nil) { text, _ in
                PhoneAudio(samples: [Int16](repeating: 2000, count: text == "Long" ? 40_000 : 4000))
            })
        setup.patience = .seconds(60)
        return setup
    }

    /// Talk for a time, as loud as people are.
    private static func voice(_ milliseconds: Int) -> [Int16] {
        (0..<8 * milliseconds).map { Int16($0 % 16 < 8 ? 4000 : -4000) }
    }

    /// Places a live call, and saves it.
    ///
    /// - Parameter body: is told of each of the handler's answers, by its number.
    private func saved(
        _ handler: HandlerProgram, _ body: @escaping @Sendable (_ answers: Int, LiveLine) -> Void
    ) async throws -> (outcome: CallOutcome, scenario: CallScenario) {
        let line = LiveLine(code: .alaw) { _ in true }
        var setup = try Self.setup(handler)
        setup.begin(on: line)
        let answers = Mutex(0)
        setup.observer = { event in
            guard event.kind == .answer else { return }
            let count = answers.withLock { count in
                count += 1
                return count
            }
            body(count, line)
        }
        let outcome = try await CallSimulator.place(setup)
        let saved = try #require(SavedCall(outcome, of: setup, name: "saved", file: "saved.wav"))
        try folder.write(saved.audio.wav, to: "saved.wav")
        try folder.write(saved.scenario.yaml, to: "saved.yaml")
        return (outcome, try CallScenario.load(path: folder("saved.yaml")).scenario)
    }

    /// Runs a saved scenario, and compares it with the call that it was.
    private func replay(_ scenario: CallScenario, _ handler: HandlerProgram, _ outcome: CallOutcome) async throws {
        for round in 0..<10 {
            var setup = try Self.setup(handler)
            setup.call = CallID(rawValue: UInt64(5000 + round))
            let report = try await scenario.run(as: setup)
            let undone = report.notes.filter { $0.contains("not reached") }
            #expect(report.isPassed && undone.isEmpty, "\(report.text) \(report.notes)\n\(scenario.yaml)")
            let steps = report.calls[0].outcome.steps
            #expect(steps.map(\.command.name) == outcome.steps.map(\.command.name))
            for (step, live) in zip(steps, outcome.steps) {
                // A rest of a key's silence may be heard by the command after it.
                #expect(
                    abs((step.end - step.start - (live.end - live.start)) / .milliseconds(1)) <= 220, "\(step.shown)")
            }
        }
    }

    @Test(
        "what was said and pressed is done again at the same times of the same commands, though nobody thinks meanwhile"
    )
    func whole() async throws {
        let handler = try HandlerProgram.steps(
            "[\(Self.play),\(Self.talk),\(Self.read),\(Self.play),\(Self.read),\(Self.record),\(Self.again)]")
        let (outcome, scenario) = try await saved(handler) { answers, line in
            switch answers {
            case 2: line.take(Self.voice(190))
            case 3: for key in "12" { line.press(DTMFKey(key)!) }
            case 5: for key in "3#" { line.press(DTMFKey(key)!) }
            case 6: line.take(Self.voice(180))
            default: break
            }
        }
        #expect(
            outcome.steps.map(\.command.name) == [
                "play", "play_talk_detect", "read", "play", "read", "record", "play_record",
            ])
        #expect(outcome.steps[1].result == "TALK" && outcome.steps[2].result == "12" && outcome.steps[4].result == "3")
        let steps = scenario.calls[0].caller.steps.map(\.action)
        #expect(steps.contains(.keys([DTMFKey("1")!, DTMFKey("2")!])))
        #expect(scenario.calls[0].expectation.commands?.last?.text?.description == "record-...-1")
        #expect(scenario.calls[0].id == nil && scenario.calls[0].dateStarted != nil)
        try await replay(scenario, handler, outcome)
    }

    @Test("a caller who hangs up does so again, in the midst of a command, or before it")
    func hangUp() async throws {
        for answer in [2, 3] {
            let handler = try HandlerProgram.steps("[\(Self.play),\(Self.record),\(Self.record)]")
            let (outcome, scenario) = try await saved(handler) { answers, line in
                if answers == 2 { line.take(Self.voice(180)) }
                if answers == answer { line.end() }
            }
            #expect(outcome.steps.count == answer && outcome.steps.last?.result == nil)
            #expect(scenario.calls[0].caller.steps.last?.action == .hangUp)
            try await replay(scenario, handler, outcome)
        }
    }

    @Test("an answer that the platform refuses is expected again")
    func refused() async throws {
        let handler = try HandlerProgram.steps(#"[\#(Self.play),{"command":"dance"}]"#)
        let (outcome, scenario) = try await saved(handler) { _, _ in }
        #expect(outcome.refusal?.kind == .response && scenario.calls[0].expectation.refusal == .response)
        try await replay(scenario, handler, outcome)
    }

    @Test("a part of a file is played, and what is none is told")
    func parts() throws {
        try folder.write(PhoneAudio(samples: [Int16](repeating: 7, count: 8000)).wav, to: "a.wav")
        func read(_ step: String) throws -> CallScenario {
            try CallScenario.read("caller:\n  - { \(step) }\n", name: "f", folder: folder("") + "/").scenario
        }
        let scenario = try read("when: play, play: a.wav, from: 0.2, to: 0.5")
        #expect(
            scenario.calls[0].caller.steps[0].action == .play("a.wav", part: .milliseconds(200) ..< .milliseconds(500)))
        #expect(scenario.yaml.contains("play: \"a.wav\", from: 0.2, to: 0.5"))
        #expect(
            try read("at: 1, play: a.wav, from: 0.2").calls[0].caller.steps[0].action
                == .play("a.wav", part: .milliseconds(200) ..< .seconds(1)))
        for step in [
            "play: a.wav, from: 0.5, to: 0.5", "play: a.wav, to: 1.1", "play: a.wav, from: 2", "play: a.wav, from: x",
        ] {
            #expect(throws: (any Error).self) { try read(step) }
        }
    }
}
