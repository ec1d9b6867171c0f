import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// Calls that end one another.
@Suite(.waiting, .timeLimit(.minutes(15))) struct HangupTests {
    private static let wait = CommandResultTests.command("wait", #""wait":10"#)
    private static func hangup(_ call: Int) -> String {
        CommandResultTests.command("hangup_callid", #""callid":\#(call)"#)
    }

    @Test("hangup_callid ends another call in the midst of its command, and the own one goes on")
    func another() async throws {
        let pause = CommandResultTests.command("wait", #""wait":3"#)
        let outcomes = try await PythonHandler(calls: [[Self.wait, Self.wait], [pause, Self.hangup(1), pause]]).calls([
            [], [],
        ])
        #expect(outcomes[0].steps.map(\.result) == [nil])
        #expect(outcomes[0].status == .hangup)
        #expect(outcomes[0].duration == .milliseconds(3020))
        #expect(outcomes[0].transcript.events.contains { $0.leg == .platform && $0.kind == .hangsUp })
        #expect(outcomes[1].steps.map(\.result) == ["0", "", "0"])
        #expect(outcomes[1].duration == .seconds(6))
    }

    @Test("A call that is over, or has not begun, is none")
    func none() async throws {
        let outcomes = try await PythonHandler(calls: [[], [Self.hangup(1), Self.hangup(3)], [Self.wait]]).calls(
            [[], [], []], starts: [.zero, .seconds(2), .seconds(4)])
        let notes = outcomes[1].transcript.events.filter { $0.kind == .note }.map(\.text)
        #expect(notes == ["there is no other call 1", "there is no other call 3"])
        #expect(outcomes[2].steps.map(\.result) == ["0"])
    }

    @Test("Who hears a recording of another call hears that one")
    func recordings() async throws {
        let record = CommandResultTests.command("record", #""silence":0,"max_duration":2"#)
        let play = CommandResultTests.command("play_record", #""media_file":"record-1-1""#)
        let outcomes = try await PythonHandler(calls: [[record], [play]]).calls(
            [[.init(.time(.zero), CommandResultTests.talk)], []], starts: [.zero, .seconds(5)])
        #expect(outcomes[1].steps.map(\.result) == ["0"])
        #expect(outcomes[1].platform == outcomes[0].caller)
    }

    @Test("What was recorded until the caller hung up is there, for other calls as well")
    func untilHangup() async throws {
        let record = CommandResultTests.command("record", #""silence":0,"max_duration":5"#)
        let play = CommandResultTests.command("play_record", #""media_file":"record-1-1""#)
        let outcomes = try await PythonHandler(calls: [[record], [play]]).calls(
            [[.init(.time(.zero), CommandResultTests.talk), .init(.time(.seconds(1)), .hangUp)], []],
            starts: [.zero, .seconds(5)])
        let recording = try #require(outcomes[0].recordings["record-1-1"])
        #expect(recording.duration == .seconds(1) && recording == outcomes[0].caller)
        #expect(outcomes[1].steps.map(\.result) == ["0"])
        #expect(outcomes[1].platform == recording)
    }
}
