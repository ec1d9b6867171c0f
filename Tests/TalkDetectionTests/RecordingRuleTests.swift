import TelephonyAudio
import Testing

@testable import TalkDetection

/// What is said of `record` sentence by sentence.
@Suite("record")
struct RecordingRuleTests {
    /// The verdict, and what is kept in milliseconds.
    private func decide(
        _ runs: Run...,
        silence: Int,
        max: Int = 0,
        rules: RuleSet = .asterisk,
        frameLength: Int = 160,
        hash: Bool = false
    ) throws -> String {
        let parameters = try RecordingParameters(silence: .seconds(silence), maximumDuration: .seconds(max))
        var detector = RecordingDetector(
            RecordingRule(parameters, rules: rules),
            classifier: .asteriskSilence,
            frameLength: rules == .asterisk ? frameLength : 40
        )
        let samples = runs.flatMap(\.samples)
        detector.add(samples.span)
        if hash { detector.addHash() }
        detector.finish()
        return "\(detector.verdict!.summary), \(detector.rule.kept.milliseconds) kept"
    }

    @Test("a recording that silence ended ends 1020 ms after the talk did", arguments: [1, 2, 3, 20])
    func silence(silence: Int) throws {
        let end = 3000 + 1000 * silence
        #expect(
            try decide(.talk(3000), .silence(25_000), silence: silence) == "SILENCE at \(end + 20), 4020 kept"
        )
        #expect(try decide(.talk(3000), .silence(1000 * silence), silence: silence) == "HANGUP at \(end), \(end) kept")
        #expect(
            try decide(.talk(3000), .silence(25_000), silence: silence, rules: .documented)
                == "SILENCE at \(end), \(end) kept"
        )
    }

    @Test("the threshold is 256")
    func threshold() throws {
        #expect(try decide(.level(255, milliseconds: 2000), silence: 1) == "SILENCE at 1020, 1020 kept")
        #expect(try decide(.level(256, milliseconds: 2000), silence: 1) == "HANGUP at 2000, 2000 kept")
    }

    @Test("at max_duration all is kept; 0 disables either", arguments: RuleSet.allCases)
    func limits(rules: RuleSet) throws {
        #expect(try decide(.talk(9000), silence: 1, max: 5, rules: rules) == "TIMEOUT at 5000, 5000 kept")
        #expect(try decide(.silence(9000), silence: 0, max: 5, rules: rules) == "TIMEOUT at 5000, 5000 kept")
        #expect(try decide(.silence(9000), silence: 0, max: 0, rules: rules) == "HANGUP at 9000, 9000 kept")
        #expect(try decide(.talk(4999), silence: 1, max: 5, rules: rules) == "HANGUP at 4999, 4999 kept")
    }

    @Test("a last frame that completes the silence beats the time limit")
    func tie() throws {
        #expect(try decide(.talk(980), .silence(5000), silence: 1, max: 2) == "SILENCE at 2000, 2000 kept")
        #expect(try decide(.talk(1000), .silence(5000), silence: 1, max: 2) == "TIMEOUT at 2000, 2000 kept")
        #expect(
            try decide(.talk(1000), .silence(5000), silence: 1, max: 2, rules: .documented)
                == "SILENCE at 2000, 2000 kept"
        )
    }

    @Test("a frame that would end after max_duration is never received")
    func straddling() throws {
        #expect(try decide(.talk(3000), silence: 1, max: 1, frameLength: 240) == "TIMEOUT at 1000, 990 kept")
    }

    @Test("# takes the last 250 ms with it in Asterisk")
    func hash() throws {
        #expect(try decide(.talk(2000), silence: 1, hash: true) == "DTMF at 2000, 1750 kept")
        #expect(try decide(.talk(2005), silence: 1, hash: true) == "DTMF at 2005, 1755 kept")
        #expect(try decide(.talk(100), silence: 1, hash: true) == "DTMF at 100, 0 kept")
        #expect(try decide(.talk(2001), silence: 1, rules: .documented, hash: true) == "DTMF at 2001, 2001 kept")
        #expect(try decide(.silence(2000), silence: 1, hash: true) == "SILENCE at 1020, 1020 kept")
    }
}
