import CallSimulation
import TelephonyAudio
import TestSupport
import Testing

/// Callers who meet in a room.
@Suite(.waiting, .timeLimit(.minutes(15))) struct RoomTests {
    static func room(_ more: String = "") -> String { CommandResultTests.command("conference", #""id":"r""# + more) }
    static func simple(_ more: String = "") -> String {
        CommandResultTests.command("simple_conference", #""id":"r""# + more)
    }
    static let star = CommandResultTests.keys("*")
    static func tone(_ frequency: Double) -> CallerScript.Action {
        .sound(PythonHandler.tone(.seconds(1), frequency: frequency))
    }

    @Test("Each hears the others, and not himself", arguments: [room(), simple()])
    func voices(_ command: String) async throws {
        let frequencies = [300.0, 500, 700]
        let outcomes = try await PythonHandler(calls: [[command], [command], [command]]).calls(
            frequencies.map { [.init(.time(.seconds(1)), Self.tone($0)), .init(.time(.seconds(3)), .hangUp)] })
        for (listener, outcome) in outcomes.enumerated() {
            for (speaker, frequency) in frequencies.enumerated() {
                let heard = outcome.platform.amplitude(
                    of: frequency, from: .milliseconds(1100), for: .milliseconds(800))
                #expect(listener == speaker ? heard < 100 : (15_000...17_000).contains(heard), "\(listener) \(speaker)")
            }
        }
    }

    @Test("The mixer's delay is a frame, the same for all")
    func delay() async throws {
        let outcomes = try await PythonHandler(calls: [[Self.room()], [Self.room()]]).calls([
            [.init(.time(.seconds(1)), Self.tone(300)), .init(.time(.seconds(3)), .hangUp)],
            [.init(.time(.seconds(1)), Self.tone(300)), .init(.time(.seconds(3)), .hangUp)],
        ])
        let starts = outcomes.map { $0.platform.samples.firstIndex { abs($0) > 1000 } }
        #expect(starts[0] == starts[1])
        let said = outcomes[0].caller.samples.firstIndex { abs($0) > 1000 }
        #expect(starts[0] == said.map { $0 + 160 })
    }

    @Test("The same calls are the same each time, however threads run")
    func repeatable() async throws {
        let read = CommandResultTests.command("read", #""media_id":"1","max_digits":1,"attempts":1,"timeout_ms":1000"#)
        func once() async throws -> [CallOutcome] {
            try await PythonHandler(calls: [[Self.room(), read], [read, Self.room()], [Self.simple(), Self.room()]])
                .calls(
                    [
                        [.init(.time(.seconds(2)), Self.tone(400)), .init(.time(.seconds(4)), Self.star)],
                        [.init(.asked, CommandResultTests.keys("5")), .init(.time(.seconds(6)), Self.star)],
                        [.init(.joined, Self.tone(600)), .init(.time(.seconds(3)), Self.star)],
                        [],
                    ].prefix(3).map { $0 + [.init(.time(.seconds(12)), .hangUp)] })
        }
        let first = try await once()
        let second = try await once()
        #expect(first.map(\.transcript) == second.map(\.transcript))
        #expect(first.map(\.platform) == second.map(\.platform))
        #expect(first.map(\.caller) == second.map(\.caller))
    }

    @Test("Music is heard while one is alone, again after the other has left")
    func waiting() async throws {
        let outcomes = try await PythonHandler(calls: [[Self.room(#","waiting":"1""#)], [Self.room()]]).calls(
            [[.init(.time(.seconds(9)), Self.star)], [.init(.time(.seconds(3)), Self.star)]],
            starts: [.zero, .seconds(3)])
        let heard = outcomes[0].platform
        #expect(heard.amplitude(of: 300, from: .seconds(1), for: .milliseconds(1800)) > 15_000)
        #expect(heard.amplitude(of: 300, from: .milliseconds(3100), for: .milliseconds(2800)) < 100)
        #expect(heard.amplitude(of: 300, from: .milliseconds(6300), for: .seconds(1)) > 15_000)
        // From its first sample on; a step of A-law is a sixteenth of the value.
        let music = PythonHandler.tone(.milliseconds(20)).samples
        #expect(zip(heard.samples, music).allSatisfy { abs(Int($0) - Int($1)) <= max(16, abs(Int($1)) / 16) })
    }

    @Test("Who joins and who leaves is announced to all who are in the room")
    func announcements() async throws {
        let command = Self.room(#","user_join":"1","user_leave":"TTS|TTS_EN-GB_SERENA|1234567890""#)
        let outcomes = try await PythonHandler(calls: [[Self.room()], [command]]).calls(
            [[.init(.time(.seconds(10)), .hangUp)], [.init(.time(.seconds(4)), .hangUp)]],
            starts: [.zero, .seconds(2)])
        let first = outcomes[0].platform
        let second = outcomes[1].platform
        #expect(first.amplitude(of: 300, from: .milliseconds(2100), for: .milliseconds(1800)) > 15_000)
        #expect(second.amplitude(of: 300, from: .milliseconds(100), for: .milliseconds(1800)) > 15_000)
        #expect(first.amplitude(of: 300, from: .milliseconds(4100), for: .milliseconds(1800)) < 100)
        #expect(first.amplitude(of: 300, from: .milliseconds(6100), for: .milliseconds(800)) > 15_000)
        #expect(first.amplitude(of: 300, from: .milliseconds(7100), for: .milliseconds(1800)) < 100)
    }

    @Test("Who is left alone leaves, if the command says so, and hears why; who comes first does not")
    func lastParticipant() async throws {
        let command = Self.room(#","auto_leave_when_alone":true,"auto_leave_announce":"1""#)
        let outcomes = try await PythonHandler(calls: [[command], [Self.room()]]).calls(
            [[], [.init(.time(.seconds(2)), Self.star)]], starts: [.zero, .seconds(3)])
        #expect(outcomes.map { $0.steps.map(\.result) } == [["LAST_PARTICIPANT"], ["LEFT_CONFERENCE"]])
        // Joined at 3 s, * from 5 s on for a tenth, and two seconds of announcement.
        #expect((7.0...7.3).contains(outcomes[0].duration / .seconds(1)))
        #expect(outcomes[0].platform.amplitude(of: 300, from: .milliseconds(5300), for: .milliseconds(1600)) > 15_000)
    }

    @Test("In a simple conference too, without a result")
    func lastInSimpleConference() async throws {
        let command = Self.simple(#","auto_leave_when_alone":true"#)
        let outcomes = try await PythonHandler(calls: [[command], [command]]).calls(
            [[], [.init(.time(.seconds(2)), .hangUp)]], starts: [.zero, .seconds(3)])
        #expect(outcomes[0].steps.map(\.result) == [""])
        #expect(outcomes[1].steps.map(\.result) == [nil])
        #expect((5.0...5.1).contains(outcomes[0].duration / .seconds(1)))
    }

    @Test("All who are in a room that is closed go on; who comes later finds another")
    func closed() async throws {
        let outcomes = try await PythonHandler(calls: [[Self.room()], [Self.room()], [Self.room()]]).calls(
            [[], [], [.init(.time(.seconds(2)), Self.star)]], closing: [RoomClosing("r", at: .seconds(4))],
            starts: [.zero, .seconds(1), .seconds(5)])
        #expect(
            outcomes.map { $0.steps.map(\.result) } == [
                ["CONFERENCE_CLOSED"], ["CONFERENCE_CLOSED"], ["LEFT_CONFERENCE"],
            ])
        #expect(outcomes.prefix(2).map(\.duration) == [.seconds(4), .seconds(3)])
    }

    @Test("A call recording in a room holds what the others said as the other leg")
    func recorded() async throws {
        let start = CommandResultTests.command("start_call_recording", #""announce":"0","feeds":"leg_b""#)
        let outcomes = try await PythonHandler(calls: [[start, Self.room()], [Self.room()]]).calls([
            [.init(.time(.seconds(1)), Self.tone(300)), .init(.time(.seconds(3)), .hangUp)],
            [.init(.time(.seconds(1)), Self.tone(500)), .init(.time(.seconds(3)), .hangUp)],
        ])
        let recording = try #require(outcomes[0].recordings["recording-1-1"])
        #expect(recording.amplitude(of: 500, from: .milliseconds(1100), for: .milliseconds(800)) > 15_000)
        #expect(recording.amplitude(of: 300, from: .milliseconds(1100), for: .milliseconds(800)) < 100)
    }
}
