import TelephonyAudio
import Testing

@testable import TalkDetection

/// What is said of `wait_for_silence` sentence by sentence.
@Suite("wait_for_silence")
struct SilenceRuleTests {
    private func decide(
        _ runs: Run...,
        silence: Int,
        iterations: Int = 1,
        timeout: Int = 0,
        rules: RuleSet = .asterisk
    ) throws -> String {
        let parameters = try SilenceParameters(
            silence: .milliseconds(silence),
            iterations: iterations,
            timeout: .seconds(timeout)
        )
        let detector = SilenceDetector(
            SilenceRule(parameters, rules: rules),
            classifier: .asteriskSilence,
            frameLength: rules == .asterisk ? 160 : 40
        )
        return SilenceDetector.decide(PhoneAudio(samples: runs.flatMap(\.samples)), detector).verdict.summary
    }

    @Test("it is met when there was at least silence_ms: whole frames in Asterisk, to the millisecond documented")
    func met() throws {
        for (silence, asterisk) in [(1, 320), (19, 320), (20, 320), (21, 340), (500, 800), (501, 820)] {
            #expect(try decide(.talk(300), .silence(1000), silence: silence) == "SILENCE at \(asterisk)")
            let documented = try decide(.talk(300), .silence(1000), silence: silence, rules: .documented)
            #expect(documented == "SILENCE at \(300 + silence)")
        }
    }

    @Test("the threshold is 256")
    func threshold() throws {
        #expect(try decide(.level(255, milliseconds: 1000), silence: 500) == "SILENCE at 500")
        #expect(try decide(.level(256, milliseconds: 1000), silence: 500) == "HANGUP at 1000")
    }

    @Test("one long pause satisfies several iterations, each from its own beginning")
    func iterations() throws {
        #expect(try decide(.silence(3000), silence: 500, iterations: 3) == "SILENCE at 1500")
        #expect(try decide(.silence(3000), silence: 510, iterations: 3) == "SILENCE at 1560")
        #expect(try decide(.silence(3000), silence: 510, iterations: 3, rules: .documented) == "SILENCE at 1530")
        let broken = try decide(.silence(700), .talk(100), .silence(600), silence: 500, iterations: 2)
        #expect(broken == "SILENCE at 1300")
    }

    @Test("the timeout counts from the first iteration; silence on the same frame wins", arguments: RuleSet.allCases)
    func timeout(rules: RuleSet) throws {
        #expect(try decide(.silence(3000), silence: 400, iterations: 10, timeout: 1, rules: rules) == "TIMEOUT at 1000")
        #expect(try decide(.silence(3000), silence: 500, iterations: 2, timeout: 1, rules: rules) == "SILENCE at 1000")
        #expect(try decide(.silence(3000), silence: 1000, timeout: 1, rules: rules) == "SILENCE at 1000")
        #expect(try decide(.silence(3000), silence: 1001, timeout: 1, rules: rules) == "TIMEOUT at 1000")
        #expect(try decide(.talk(5000), silence: 20, timeout: 2, rules: rules) == "TIMEOUT at 2000")
    }

    @Test("no timeout waits for the hang-up", arguments: RuleSet.allCases)
    func hangup(rules: RuleSet) throws {
        #expect(try decide(.talk(5000), silence: 20, timeout: 0, rules: rules) == "HANGUP at 5000")
        #expect(try decide(.talk(1990), silence: 20, timeout: 2, rules: rules) == "HANGUP at 1990")
    }
}
