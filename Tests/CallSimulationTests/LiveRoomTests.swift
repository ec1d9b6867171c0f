import RealTimeAPI
import Synchronization
import TelephonyAudio
import TestSupport
import Testing

@testable import CallSimulation

/// Callers who are there now, and meet.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct LiveRoomTests {
    private static let record = CommandResultTests.command("start_call_recording", #""announce":"0","feeds":"both""#)
    private static let star = DTMFKey("*")!
    private let handler: HandlerProgram
    private let switchboard = Switchboard()

    init() throws { handler = try HandlerProgram.steps() }

    @Test("each hears the others, and not himself, and the recording has both; who is left alone leaves as he should")
    func voices() async throws {
        let first = LiveCaller(500) { loudFrames, line in if loudFrames == 120 { line.take(Self.star) } }
        let second = LiveCaller(800)
        async let one = first.call(handler, Self.record, RoomTests.room(), on: switchboard, id: 1)
        async let two = second.call(
            handler, Self.record, RoomTests.room(#","auto_leave_when_alone":true"#), on: switchboard, id: 2)
        let outcomes = [try await one, try await two]
        #expect(outcomes.map { $0.steps.last?.result } == ["LEFT_CONFERENCE", "LAST_PARTICIPANT"])
        for (outcome, (own, other)) in zip(outcomes, [(500.0, 800.0), (800, 500)]) {
            #expect(outcome.refusal == nil && outcome.status == .hangup)
            // A machine that is busy loses some frames.
            #expect(outcome.platform.loudAmplitude(of: other) > 4000)
            #expect(outcome.platform.loudAmplitude(of: own) < 400)
            let recording = try #require(outcome.recordings.values.first)
            let (start, length) = (recording.duration - .seconds(2), Duration.seconds(1))
            #expect(recording.amplitude(of: own, from: start, for: length) > 4000)
            #expect(recording.amplitude(of: other, from: start, for: length) > 4000)
        }
    }

    @Test("calls that share no switchboard do not meet")
    func apart() async throws {
        let callers = [LiveCaller(500), LiveCaller(800)]
        async let one = callers[0].call(handler, RoomTests.room(), on: Switchboard(), id: 1)
        async let two = callers[1].call(handler, RoomTests.room(), on: switchboard, id: 2)
        try await Task.sleep(for: .seconds(2))
        for caller in callers { caller.line.end() }
        for outcome in [try await one, try await two] {
            #expect(outcome.platform.samples.allSatisfy { abs(Int($0)) < 100 })
        }
    }

    @Test("one call ends another, and plays what another recorded, also after that is over")
    func others() async throws {
        let wait = CommandResultTests.command("wait", #""wait":30"#)
        let record = CommandResultTests.command("record", #""silence":0,"max_duration":1"#)
        async let ended = LiveCaller(500).call(handler, record, wait, on: switchboard, id: 1)
        while switchboard.recording("record-1-1") == nil { try await Task.sleep(for: .milliseconds(20)) }
        let cut = CommandResultTests.command("hangup_callid", #""callid":1"#)
        let play = CommandResultTests.command("play_record", #""media_file":"record-1-1""#)
        let other = try await LiveCaller(800).call(handler, cut, play, on: switchboard, id: 2)
        #expect(other.steps.map(\.result) == ["", "0"])
        #expect(other.platform.loudAmplitude(of: 500) > 3000)
        let outcome = try await ended
        #expect(outcome.steps.map(\.result) == ["record-1-1", nil])
        #expect(outcome.transcript.events.contains { $0.leg == .platform && $0.kind == .hangsUp })
    }

    @Test("a call plays what it recorded itself, whatever others have recorded since")
    func own() async throws {
        let record = CommandResultTests.command("record", #""silence":0,"max_duration":1"#)
        let wait = CommandResultTests.command("wait", #""wait":1"#)
        let play = CommandResultTests.command("play_record", #""media_file":"record-1-1""#)
        async let call = LiveCaller(500).call(handler, record, wait, play, on: switchboard, id: 1)
        while switchboard.recording("record-1-1") == nil { try await Task.sleep(for: .milliseconds(20)) }
        for number in 0..<1001 { switchboard.keep(PhoneAudio(samples: []), as: "\(number)") }
        #expect(switchboard.recording("record-1-1") == nil)
        #expect(try await call.steps.last?.result == "0")
    }

    @Test("of what live calls record only the last half an hour is kept for others")
    func kept() {
        let quarter = PhoneAudio(samples: [Int16](repeating: 0, count: 15 * 60 * 8000))
        for name in ["a", "b", "c"] { switchboard.keep(quarter, as: name) }
        #expect(switchboard.recording("a") == nil && switchboard.recording("b") != nil)
        for number in 0..<1001 { switchboard.keep(PhoneAudio(samples: []), as: "\(number)") }
        #expect(switchboard.recording("c") == nil && switchboard.recording("0") == nil)
        #expect(switchboard.recording("1") != nil)
    }

    @Test("what members say is mixed by when they said it, in whatever order it comes; what is too late is silent")
    func order() {
        var room = Room(length: 28, delay: 3)
        func frame(_ value: Int16) -> [Int16] { [Int16](repeating: value, count: 160) }
        func mix(_ line: Int, _ clock: Int) -> [Int16] { room.moment(for: line, at: clock * 160).mix }
        for line in 0..<3 { room.join(line, at: 0) }
        room.say(frame(1), 0, at: 160)
        room.say(frame(2), 0, at: 320)
        room.say(frame(20), 1, at: 320)
        room.say(frame(10), 1, at: 160)
        #expect(mix(2, 4) == frame(11) && mix(2, 5) == frame(22))
        #expect(mix(0, 4) == frame(10) && mix(1, 5) == frame(2))
        #expect(mix(2, 6) == [] && mix(2, 3) == [])
        // Nobody waits for the first one, which comes later than any that listens.
        for clock in 3...40 { room.say(frame(30), 1, at: clock * 160) }
        #expect(mix(2, 43) == frame(30))
        room.say(frame(3), 0, at: 480)
        room.say(frame(4), 0, at: 40 * 160)
        #expect(mix(2, 6) == [] && mix(2, 43) == frame(34))
        // Too loud together.
        room.say(frame(30_000), 2, at: 41 * 160)
        room.say(frame(30_000), 1, at: 41 * 160)
        #expect(mix(0, 44) == frame(32767) && mix(1, 44) == frame(30_000))
        // Who has left is not heard any more.
        room.leave(2, at: 42 * 160)
        #expect(mix(0, 44) == frame(30_000) && mix(1, 44) == [])
        room.say(frame(9), 2, at: 41 * 160)
        #expect(mix(1, 44) == [])
    }
}
