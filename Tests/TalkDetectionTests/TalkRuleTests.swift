import TelephonyAudio
import Testing

@testable import TalkDetection

/// What is said of `play_talk_detect` sentence by sentence.
@Suite("play_talk_detect")
struct TalkRuleTests {
    private func rule(
        _ rules: RuleSet = .asterisk,
        min: Int = 500,
        max: Int? = 60_000,
        silence: Int = 5,
        analysis: Int? = nil,
        media: Duration? = nil
    ) throws -> TalkRule {
        let parameters = try TalkParameters(
            minimum: .milliseconds(min),
            maximum: max.map { .milliseconds($0) },
            silence: .milliseconds(silence),
            analysisTime: analysis.map { .milliseconds($0) }
        )
        return TalkRule(parameters, rules: rules, media: media)
    }

    /// The lengths of all talkspurts that enough silence followed.
    private func lengths(_ talkspurts: [Talkspurt]) -> [Int] {
        talkspurts.filter(\.wasDecided).map(\.length.milliseconds)
    }

    // MARK: - Asterisk's rules

    @Test("25 loud frames measure 495 ms and are too short for 500, 26 measure 515")
    func measure() throws {
        let short = TalkDetector.decide(.talk(500), .silence(1000), by: try rule())
        #expect(short.verdict.summary == "0")
        #expect(lengths(short.talkspurts) == [495])
        let long = TalkDetector.decide(.talk(520), .silence(1000), by: try rule())
        #expect(long.verdict.summary == "TALK at 540")
        #expect(long.verdict.talk == .milliseconds(515))
    }

    @Test("a decision at 1220 ms wants an analysis time of 1221")
    func analysis() throws {
        let talk = Run.talk(1200)
        #expect(TalkDetector.decide(talk, .silence(500), by: try rule(analysis: 1220)).verdict.summary == "0")
        #expect(
            TalkDetector.decide(talk, .silence(500), by: try rule(analysis: 1221)).verdict.summary == "TALK at 1220"
        )
    }

    @Test("a leading pause no longer than silence_ms is counted as talk")
    func leadingPause() throws {
        let runs: (Run, Run, Run) = (.silence(800), .talk(300), .silence(1100))
        let (verdict, talkspurts) = TalkDetector.decide(runs.0, runs.1, runs.2, by: try rule(silence: 1000))
        #expect(verdict.talk == .milliseconds(1100))
        #expect(verdict.summary == "TALK at 2120")
        #expect(talkspurts.map(\.leadingPause) == [.milliseconds(800)])
        // A longer one is dropped.
        let dropped = TalkDetector.decide(.silence(1020), runs.1, runs.2, by: try rule(silence: 1000))
        #expect(dropped.verdict.summary == "0")
        #expect(lengths(dropped.talkspurts) == [300])
    }

    @Test(
        "the silence needed is 20 * (floor(silence_ms / 20) + 1) ms, and lengths are short by silence_ms modulo 20",
        arguments: [1, 5, 19, 20, 21, 39, 40, 41, 500, 510, 1000, 5000]
    )
    func silenceNeeded(silence: Int) throws {
        let needed = 20 * (silence / 20 + 1)
        let rule = try rule(silence: silence)
        let enough = TalkDetector.decide(.talk(1000), .silence(needed), by: rule).verdict
        #expect(enough.summary == "TALK at \(1000 + needed)")
        #expect(enough.talk == .milliseconds(1000 - silence % 20))
        #expect(TalkDetector.decide(.talk(1000), .silence(needed - 20), by: rule).verdict.summary == "0")
    }

    @Test("inner gaps up to silence_ms are included, longer ones end a talkspurt, and the search goes on")
    func gaps() throws {
        let inner = TalkDetector.decide(
            .talk(300),
            .silence(100),
            .talk(300),
            .silence(200),
            by: try rule(silence: 100)
        )
        #expect(lengths(inner.talkspurts) == [700])
        let outer = TalkDetector.decide(
            .talk(300),
            .silence(120),
            .talk(600),
            .silence(200),
            by: try rule(silence: 100)
        )
        #expect(lengths(outer.talkspurts) == [300, 600])
        #expect(outer.verdict.summary == "TALK at 1140")
    }

    @Test("a length has to be longer than min_ms and shorter than max_ms")
    func limits() throws {
        for (min, max, result) in [(599, nil, "TALK"), (600, nil, "0"), (500, 600, "0"), (500, 601, "TALK")] {
            let rule = try rule(min: min, max: max, silence: 20)
            #expect(TalkDetector.decide(.talk(600), .silence(40), by: rule).verdict.result.rawValue == result)
        }
    }

    @Test("max_ms 60000 is not unlimited, and no max_ms is")
    func longest() throws {
        let parameters = try rule()
        #expect(TalkDetector.decide(.talk(60_000), .silence(20), by: parameters).verdict.talk == .milliseconds(59_995))
        #expect(TalkDetector.decide(.talk(60_020), .silence(20), by: parameters).verdict.summary == "0")
        #expect(
            TalkDetector.decide(.talk(60_020), .silence(20), by: try rule(max: nil)).verdict.summary == "TALK at 60040"
        )
    }

    @Test("a frame that starts when the media has ended is not heard")
    func media() throws {
        let results = try [520, 521, 540].map {
            TalkDetector.decide(.talk(520), .silence(500), by: try rule(media: .milliseconds($0))).verdict.summary
        }
        #expect(results == ["0", "TALK at 540", "TALK at 540"])
        let sample = try rule(media: .milliseconds(520) + .microseconds(125))
        #expect(TalkDetector.decide(.talk(520), .silence(500), by: sample).verdict.summary == "TALK at 540")
    }

    @Test("the threshold is 512: a level of 511 is silent, and |-32768| is 32768")
    func threshold() throws {
        let rule = try rule()
        for (level, result) in [(511, "0"), (512, "TALK"), (513, "TALK"), (32767, "TALK")] {
            let verdict = TalkDetector.decide(.level(level, milliseconds: 600), .silence(100), by: rule).verdict
            #expect(verdict.result.rawValue == result)
        }
        let full = [Int16](repeating: .min, count: 4800) + [Int16](repeating: .max, count: 800)
        let detector = TalkDetector(rule, classifier: .magnitude(32768), frameLength: 160)
        #expect(TalkDetector.decide(PhoneAudio(samples: full), detector).verdict.summary == "TALK at 620")
    }

    @Test("an offset of 512 is never silent, by either rule set", arguments: RuleSet.allCases)
    func offset(rules: RuleSet) throws {
        let offset = PhoneAudio(samples: [Int16](repeating: 512, count: 8000) + [Int16](repeating: 511, count: 800))
        let detector = TalkDetector(try rule(rules), classifier: .backgroundDetect, frameLength: 160)
        #expect(
            TalkDetector.decide(PhoneAudio(samples: Array(offset.samples[..<8000])), detector).talkspurts.map(\.length)
                == [
                    .seconds(1)
                ]
        )
        #expect(TalkDetector.decide(offset, detector).verdict.result == .talk)
    }

    @Test("a talker who never pauses gives 0, by either rule set", arguments: RuleSet.allCases)
    func noPause(rules: RuleSet) throws {
        let (verdict, talkspurts) = TalkDetector.decide(.talk(10_000), by: try rule(rules))
        #expect(verdict == Verdict(.noTalk, at: nil))
        #expect(talkspurts.map(\.outcome) == [.audioOver])
    }

    @Test("talkspurts depend on threshold and silence_ms alone")
    func filters() throws {
        var random = SplitMix64(seed: 5)
        let signal = RandomSignal(frameLengths: [160], frames: 400...400, using: &random)
        let detect = { (rule: TalkRule) in
            let detector = TalkDetector(rule, classifier: .magnitude(signal.threshold), frameLength: 160)
            return TalkDetector.decide(PhoneAudio(samples: signal.samples), detector).talkspurts
        }
        let all = detect(try rule(min: 60_000, max: nil))
        #expect(all.count > 10)
        for (min, max) in [(1, 2), (200, 300), (100, 60_000)] {
            let some = detect(try rule(min: min, max: max))
            #expect(some.map(\.start) == all.prefix(some.count).map(\.start))
            #expect(some.map(\.length) == all.prefix(some.count).map(\.length))
        }
    }

    @Test("other frame lengths change the answer")
    func frameLengths() throws {
        let results = try [80, 160, 240, 480].map {
            TalkDetector.decide(.talk(480), .silence(120), by: try rule(min: 470, silence: 35), frameLength: $0)
        }
        #expect(results.map(\.verdict.summary) == ["TALK at 520", "0", "TALK at 540", "0"])
        #expect(results.map { lengths($0.talkspurts) } == [[475], [465], [475], [445]])
    }

    // MARK: - The documented rules

    @Test("leading silence never counts, and the decision is where the silence has lasted silence_ms")
    func documentedLeadingPause() throws {
        let runs: (Run, Run, Run) = (.silence(800), .talk(300), .silence(1100))
        let rule = try rule(.documented, min: 200, silence: 1000)
        let (verdict, talkspurts) = TalkDetector.decide(runs.0, runs.1, runs.2, by: rule, frameLength: 40)
        #expect(verdict.talk == .milliseconds(300))
        #expect(verdict.summary == "TALK at 2100")
        #expect(talkspurts.map(\.start) == [.milliseconds(800)])
    }

    @Test("the period is strictly longer than min_ms and strictly shorter than max_ms")
    func documentedLimits() throws {
        for (min, max, result) in [(600, nil, "0"), (599, nil, "TALK at 605"), (1, 600, "0"), (1, 601, "TALK at 605")] {
            let rule = try rule(.documented, min: min, max: max)
            #expect(TalkDetector.decide(.talk(600), .silence(40), by: rule, frameLength: 40).verdict.summary == result)
        }
    }

    @Test("pauses shorter than silence_ms do not end a period, and one as long does")
    func documentedGaps() throws {
        for (gap, expected) in [(95, [695]), (100, [300, 300])] {
            let rule = try rule(.documented, min: 1000, silence: 100)
            let runs: (Run, Run, Run) = (.talk(300), .silence(gap), .talk(300))
            let (_, talkspurts) = TalkDetector.decide(runs.0, runs.1, runs.2, .silence(100), by: rule, frameLength: 40)
            #expect(lengths(talkspurts) == expected)
        }
    }

    @Test("at least silence_ms of silence is enough, to the sample", arguments: [1, 4, 5, 6, 7, 20, 21])
    func documentedSilence(silence: Int) throws {
        let rule = try rule(.documented, silence: silence)
        let talk = Run.talk(600)
        let enough = TalkDetector.decide(talk, .silence(silence), by: rule, frameLength: 40).verdict
        #expect(enough.summary == "TALK at \(600 + silence)")
        #expect(TalkDetector.decide(talk, .silence(silence - 1), by: rule, frameLength: 40).verdict.summary == "0")
    }

    @Test("period and silence have to lie within the analysis time and the playback, to the millisecond")
    func documentedTimes() throws {
        let decide = { TalkDetector.decide(.talk(600), .silence(500), by: $0, frameLength: 40).verdict.summary }
        #expect(decide(try rule(.documented, silence: 7, analysis: 606)) == "0")
        #expect(decide(try rule(.documented, silence: 7, analysis: 607)) == "TALK at 607")
        #expect(decide(try rule(.documented, silence: 7, media: .milliseconds(606))) == "0")
        #expect(decide(try rule(.documented, silence: 7, media: .milliseconds(607))) == "TALK at 607")
    }

    @Test("a detector made of parameters alone is Asterisk's, or hears every 5 ms by the documented rules")
    func defaults() throws {
        let samples = [Run.talk(510), .silence(300)].flatMap(\.samples)
        var asterisk = TalkDetector(TalkParameters())
        asterisk.add(samples.span)
        #expect(asterisk.verdict?.summary == "TALK at 540")
        var documented = TalkDetector(TalkParameters(), rules: .documented)
        documented.add(samples.span)
        #expect(documented.verdict?.summary == "TALK at 515")
    }
}
