import RealTimeAPI
import TelephonyAudio
import Testing

@testable import TalkDetection

/// Where there is talk, and how much.
@Suite struct ActivityRuleTests {
    private func decide(
        _ runs: Run..., pause: Duration = .milliseconds(200), minimum: Duration = .zero
    ) throws -> (verdict: Verdict, talkspurts: [Talkspurt]) {
        let detector = ActivityDetector(
            try ActivityRule(pause: pause, minimum: minimum), classifier: .asteriskSilence, frameLength: 160)
        return ActivityDetector.decide(PhoneAudio(samples: runs.flatMap(\.samples)), detector)
    }

    @Test func `the defaults are 200 ms of silence between talkspurts of any length`() throws {
        let rule = try ActivityRule()
        #expect(rule.pause == .milliseconds(200) && rule.minimum == .zero)
        #expect(ActivityRule.pause.name == "silence_ms" && ActivityRule.pause.range == 1...5000)
        #expect(ActivityRule.minimum.name == "min_ms" && ActivityRule.minimum.range == 0...60_000)
    }

    @Test(arguments: [(0, 0, "silence_ms"), (5001, 0, "silence_ms"), (1, -1, "min_ms"), (1, 60_001, "min_ms")])
    func `what is out of range is an error that names the field`(_ pause: Int, _ minimum: Int, _ field: String) {
        let error = #expect(throws: DetectionError.self) {
            try ActivityRule(pause: .milliseconds(pause), minimum: .milliseconds(minimum))
        }
        #expect(error?.field == field)
    }

    @Test func `talkspurts are divided by a pause of the length, and joined across a shorter one`() throws {
        let divided = try decide(.silence(100), .talk(300), .silence(200), .talk(400), .silence(1000))
        #expect(divided.talkspurts.map(\.start) == [.milliseconds(100), .milliseconds(600)])
        #expect(divided.talkspurts.map(\.length) == [.milliseconds(300), .milliseconds(400)])
        #expect(divided.talkspurts.map(\.outcome) == [.qualifies, .qualifies])
        #expect(divided.verdict == Verdict(.talk, at: nil, talk: .milliseconds(700)))
        let joined = try decide(.silence(100), .talk(300), .silence(180), .talk(400), .silence(1000))
        #expect(joined.talkspurts.map(\.start) == [.milliseconds(100)])
        #expect(joined.talkspurts.map(\.length) == [.milliseconds(880)])
        #expect(joined.verdict.talk == .milliseconds(880))
    }

    @Test func `a talkspurt is told when its pause is over, or at the end of the audio`() throws {
        var detector = ActivityDetector(try ActivityRule(), classifier: .asteriskSilence, frameLength: 160)
        var told: [Talkspurt] = []
        detector.add((Run.talk(300).samples + Run.silence(180).samples).span) { told.append($0) }
        #expect(told.isEmpty && detector.verdict == nil)
        detector.add(Run.silence(20).samples.span) { told.append($0) }
        #expect(told.map(\.silence) == [.milliseconds(200)])
        detector.add((Run.silence(500).samples + Run.talk(100).samples).span) { told.append($0) }
        #expect(told.count == 1)
        detector.finish { told.append($0) }
        #expect(told.map(\.length) == [.milliseconds(300), .milliseconds(100)])
        #expect(detector.verdict?.talk == .milliseconds(400))
        // Nothing comes after the end.
        detector.add(Run.talk(900).samples.span) { told.append($0) }
        #expect(told.count == 2 && detector.verdict?.talk == .milliseconds(400))
    }

    @Test func `talkspurts under the minimum are told, and do not count`() throws {
        let found = try decide(
            .talk(480), .silence(500), .talk(500), .silence(500), .talk(20), minimum: .milliseconds(500))
        #expect(
            found.talkspurts.map(\.outcome) == [
                .tooShort(minimum: .milliseconds(500)), .qualifies, .tooShort(minimum: .milliseconds(500)),
            ])
        #expect(found.verdict == Verdict(.talk, at: nil, talk: .milliseconds(500)))
        let none = try decide(.talk(480), .silence(500), minimum: .milliseconds(500))
        #expect(none.verdict == Verdict(.noTalk, at: nil) && none.talkspurts.count == 1)
    }

    @Test func `silence has no talkspurts, and is no talk`() throws {
        let found = try decide(.silence(3000))
        #expect(found.talkspurts.isEmpty && found.verdict == Verdict(.noTalk, at: nil))
    }
}
