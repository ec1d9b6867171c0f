import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport
import Testing

@testable import CallSimulation

/// A `dialout` to people who are there now.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct LiveDialoutTests {
    /// A telephone, and what happened to it.
    private final class Desk: Sendable {
        enum Way: Sendable { case answers, refuses, isBusy, isTakenAway, rings }
        let notices = Mutex<[String]>([])
        let phone: LivePhone
        private let box: Box

        private final class Box: Sendable {
            let phone = Mutex<LivePhone?>(nil)
        }

        init(_ way: Way, _ line: LiveLine, on switchboard: Switchboard) {
            let box = Box()
            let (told, tell) = AsyncStream<String>.makeStream()
            phone = LivePhone { notice in
                switch notice {
                case .rings(let caller, let patience):
                    tell.yield("rings \(caller) \(patience)")
                    let phone = box.phone.withLock { $0 }!
                    switch way {
                    case .answers: Task { #expect(phone.answer(on: line)) }
                    case .refuses: phone.refuse()
                    case .isBusy: phone.refuse(isBusy: true)
                    case .isTakenAway: switchboard.disconnect(phone, from: LiveDialoutTests.number)
                    case .rings: break
                    }
                case .stops: tell.yield("stops")
                case .isOver(let figures): tell.yield(figures.frameCount > 50 ? "is over" : "is over too early")
                }
            }
            box.phone.withLock { [phone] in $0 = phone }
            self.box = box
            self.told = told
            self.tell = tell
            #expect(switchboard.connect(phone, as: LiveDialoutTests.number))
        }

        private let told: AsyncStream<String>
        private let tell: AsyncStream<String>.Continuation

        /// What it was told.
        func all() async -> [String] {
            box.phone.withLock { $0 = nil }
            tell.finish()
            var all: [String] = []
            for await notice in told { all.append(notice) }
            return all
        }
    }

    fileprivate static let number = PhoneNumber("+33123456700")!
    private let handler: HandlerProgram
    private let switchboard = Switchboard()

    init() throws { handler = try HandlerProgram.steps() }

    private static func dial(_ more: String = "") -> String {
        CommandResultTests.command("dialout", #""targets":[{"number":"\#(number)","timeout":1}]"# + more)
    }

    @Test(
        "who is there answers, hears the whisper and the caller, is heard, and hangs up; saved, the call is the same again"
    )
    func answered() async throws {
        let callee = LiveCaller(800) { loudFrames, line in if loudFrames == 90 { line.end() } }
        let desk = Desk(.answers, callee.line, on: switchboard)
        let caller = LiveCaller(500)
        let command = Self.dial(#","whisper":"TTS|TTS_EN-GB_DANIEL|A call","cli":"+4912""#)
        nonisolated(unsafe) var placed: CallSetup?
        let outcome = try await caller.call(handler, command, on: switchboard, id: 7) { placed = $0 }
        #expect(outcome.refusal == nil && outcome.steps.map(\.result) == [nil])
        #expect(await desk.all() == ["rings number(+4912) 1.0 seconds", "is over"])
        let events = outcome.transcript.events
        #expect(events.contains { $0.leg == .callee && $0.kind == .answers && $0.text == "\(Self.number)" })
        #expect(events.contains { $0.leg == .callee && $0.kind == .hangsUp })
        #expect(events.contains { $0.leg == .callee && $0.kind == .hears })
        #expect(outcome.platform.loudAmplitude(of: 800) > 4000)
        let leg = try #require(outcome.callee)
        #expect(leg.heard.loudAmplitude(of: 500) > 4000)
        #expect(leg.said.loudAmplitude(of: 800) > 4000 && leg.said.duration == leg.heard.duration)
        // Half a second of whisper comes first.
        #expect(leg.heard.samples.prefix(3500).contains { $0 > 250 && $0 < 350 })

        let setup = try #require(placed)
        try await expectSame(try #require(SavedCall(outcome, of: setup, name: "saved", file: "saved.wav")), setup)
    }

    /// Places a saved call again, in which a callee answers.
    private func expectSame(_ saved: SavedCall, _ setup: CallSetup) async throws {
        let folder = TestFolder()
        try folder.write(saved.audio.wav, to: "saved.wav")
        try folder.write(saved.scenario.yaml, to: "saved.yaml")
        var again = setup
        (again.liveLine, again.switchboard, again.callees) = (nil, nil, [:])
        let report = try await CallScenario.load(path: folder("saved.yaml")).scenario.run(as: again)
        #expect(report.isPassed, "\(report.text)\n\(saved.scenario.yaml)")
        #expect(report.calls[0].outcome.callee != nil)
    }

    @Test("a caller who hangs up ends the call of who has answered, and of who has not")
    func hangUp() async throws {
        let caller = LiveCaller(500) { loudFrames, line in if loudFrames == 60 { line.end() } }
        let desk = Desk(.answers, LiveCaller(800).line, on: switchboard)
        // Who answers says what is heard.
        let outcome = try await caller.call(
            handler, Self.dial(#","ringtone":"MUSIC""#), on: switchboard, id: 1)
        #expect(outcome.transcript.events.contains { $0.leg == .caller && $0.kind == .hangsUp })
        #expect(await desk.all().last == "is over")
    }

    @Test("who refuses, is busy, goes away or does not answer is not reached, and has one call at a time")
    func notReached() async throws {
        for (way, text, notices) in [
            (Desk.Way.refuses, "rejected", 1), (.isBusy, "busy", 1), (.isTakenAway, "no answer", 1),
            (.rings, "no answer", 2),
        ] {
            let switchboard = Switchboard()
            let desk = Desk(way, LiveLine { _ in true }, on: switchboard)
            let outcome = try await LiveCaller(500).call(handler, Self.dial(), on: switchboard, id: 1)
            #expect(outcome.steps.map(\.result) == ["NOANSWER"])
            let event = outcome.transcript.events.first { $0.kind == .isNotReached }
            #expect(event?.text == "\(Self.number): \(text)")
            #expect(await desk.all().count == notices)
            let length = (outcome.steps[0].end - outcome.steps[0].start) / .milliseconds(1)
            #expect(way == .rings ? length == 1000 : length < 1000, "\(way)")
        }
    }

    @Test("two calls ring one telephone: the second finds it busy, and leaves the first one alone")
    func busy() async throws {
        let desk = Desk(.rings, LiveLine { _ in true }, on: switchboard)
        let long = CommandResultTests.command("dialout", #""targets":[{"number":"\#(Self.number)","timeout":4}]"#)
        async let first = LiveCaller(500).call(handler, long, on: switchboard, id: 1)
        try await Task.sleep(for: .seconds(1.5))
        let second = try await LiveCaller(800).call(handler, Self.dial(), on: switchboard, id: 2)
        #expect(second.transcript.events.contains { $0.text == "\(Self.number): busy" })
        #expect(try await first.transcript.events.contains { $0.text == "\(Self.number): no answer" })
        #expect(await desk.all().count == 2)
    }

    @Test("a number is one telephone's, and another's when that is taken away; without one a scripted callee answers")
    func numbers() async throws {
        let phones = [LivePhone { _ in }, LivePhone { _ in }]
        #expect(switchboard.connect(phones[0], as: Self.number) && !switchboard.connect(phones[1], as: Self.number))
        switchboard.disconnect(phones[1], from: Self.number)
        #expect(switchboard.phone(Self.number) === phones[0])
        switchboard.disconnect(phones[0], from: Self.number)
        #expect(switchboard.connect(phones[1], as: Self.number))
        switchboard.disconnect(phones[1], from: Self.number)
        // Nothing happens to a telephone that is not there.
        #expect(!phones[0].ring(as: .blocked, for: .seconds(1)) && !phones[0].answer(on: LiveLine { _ in true }))
        phones[0].hangUp()
        nonisolated(unsafe) var placed: CallSetup?
        let outcome = try await LiveCaller(500).call(handler, Self.dial(), on: switchboard, id: 1) {
            $0.callees = DialoutTests.callees([Callee(.after(.milliseconds(200)), DialoutTests.hello)])
            placed = $0
        }
        #expect(outcome.steps.map(\.result) == [nil] && outcome.callee != nil)
        let setup = try #require(placed)
        try await expectSame(try #require(SavedCall(outcome, of: setup, name: "saved", file: "saved.wav")), setup)
    }
}
