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
        rules: RuleSet = .asterisk,
        clock: PacketClock = .audio,
        frameLength: Int? = nil
    ) throws -> String {
        let parameters = try SilenceParameters(
            silence: .milliseconds(silence),
            iterations: iterations,
            timeout: .seconds(timeout)
        )
        let detector = SilenceDetector(
            SilenceRule(parameters, rules: rules, clock: clock),
            classifier: .asteriskSilence,
            frameLength: frameLength ?? rules.frameLength
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

    @Test(
        "on a live line silence_ms that is not longer than a packet is met at once, whatever is heard",
        arguments: [(1, 1), (5, 1), (10, 1), (15, 1), (19, 1), (20, 1), (20, 10)])
    func packets(silence: Int, iterations: Int) throws {
        let found = try decide(.talk(5000), silence: silence, iterations: iterations, clock: .live)
        #expect(found == "SILENCE at \(silence * iterations)")
        #expect(try decide(.talk(5000), silence: silence, iterations: iterations) == "HANGUP at 5000")
    }

    @Test("on a live line a packet that has come is looked at, and the wait begins anew")
    func packetsBetween() throws {
        #expect(try decide(.talk(5000), silence: 15, iterations: 3, clock: .live) == "SILENCE at 55")
        #expect(try decide(.talk(5000), silence: 21, clock: .live) == "HANGUP at 5000")
        #expect(try decide(.talk(300), .silence(700), silence: 21, clock: .live) == "SILENCE at 340")
        #expect(try decide(.talk(5000), silence: 60, clock: .live, frameLength: 480) == "SILENCE at 60")
        #expect(try decide(.talk(5000), silence: 61, clock: .live, frameLength: 480) == "HANGUP at 5000")
        // By the page's words the audio alone counts.
        #expect(try decide(.talk(5000), silence: 5, rules: .documented, clock: .live) == "HANGUP at 5000")
    }

    @Test("detectors are as on a live line, and say why it is silence")
    func liveDefault() throws {
        var detector = SilenceDetector(try SilenceParameters(silence: .milliseconds(10), iterations: 3))
        let talkspurts = detector.run(PhoneAudio(samples: Run.talk(1000).samples))
        #expect(detector.verdict?.result == .silence)
        #expect(talkspurts.map(\.outcome) == [.noPacket(iteration: 3, of: 3, wanted: .milliseconds(10))])
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
