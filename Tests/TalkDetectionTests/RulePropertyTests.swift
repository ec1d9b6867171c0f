import TelephonyAudio
import Testing

@testable import TalkDetection

/// The rules against the reference implementation, on signals and parameters drawn at random.
@Suite("Rules, against the reference")
struct RulePropertyTests {
    private static let asteriskFrames = [80, 160, 240, 480, 160, 160, 159, 161, 7, 8, 1]
    private static let documentedFrames = [40, 40, 40, 20, 8, 7, 1, 39]
    private static let seeds = Array<UInt64>(1...4)

    /// Differences are few or very many: the first says enough.
    private func check(
        _ signals: Int,
        seed: UInt64,
        frameLengths: [Int],
        frames: ClosedRange<Int> = 5...60,
        _ body: (RandomSignal, ReferenceRules, inout SplitMix64) throws -> String?
    ) rethrows {
        var random = SplitMix64(seed: seed)
        for number in 0..<signals {
            let signal = RandomSignal(frameLengths: frameLengths, frames: frames, using: &random)
            let reference = ReferenceRules(
                samples: signal.samples,
                frameLength: signal.frameLength,
                threshold: signal.threshold
            )
            if let difference = try body(signal, reference, &random) {
                Issue.record(
                    """
                    seed \(seed), signal \(number), \(signal.samples.count) samples in frames of \(signal.frameLength), \
                    threshold \(signal.threshold): \(difference)
                    """
                )
                return
            }
        }
    }

    // MARK: - play_talk_detect

    @Test("play_talk_detect", arguments: RuleSet.allCases, seeds)
    func talk(rules: RuleSet, seed: UInt64) throws {
        let frameLengths = rules == .asterisk ? Self.asteriskFrames : Self.documentedFrames
        try check(250, seed: seed, frameLengths: frameLengths) { signal, reference, random in
            for _ in 0..<20 {
                let parameters = talkParameters(reference, rules, using: &random)
                let rule = try TalkRule(parameters.checked, rules: rules, media: parameters.media.map(Duration.init))
                let talkspurts = reference.talkspurts(parameters, rules)
                let found = DetectorOutcome(rule, signal, random: &random)
                let expected = ReferenceRules.talk(talkspurts, parameters)
                guard found.outcome == expected else {
                    return "\(parameters) \(found.outcome) instead of \(expected)"
                }
                let decided = found.talkspurts.filter(\.wasDecided).map { [$0.start.samples, $0.length.samples] }
                let until = expected.decided ?? .max
                let wanted = talkspurts.filter { $0.decided <= until && ($0.hasTalk || $0.decided == until) }
                guard decided == wanted.map({ [$0.start, $0.length] }) else {
                    return "\(parameters) talkspurts \(decided) instead of \(wanted)"
                }
            }
            return nil
        }
    }

    /// Parameters at and next to the lengths and instants that occur in the signal.
    private func talkParameters(
        _ reference: ReferenceRules,
        _ rules: RuleSet,
        using random: inout SplitMix64
    ) -> ReferenceTalkParameters {
        let frame = max(1, reference.frames[0].milliseconds)
        let multiples = (1...12).map { $0 * frame }
        let silence = edge(of: multiples, in: 1...5000, using: &random)
        let open = ReferenceTalkParameters(silence: silence, minimum: 1)
        let talkspurts = reference.talkspurts(open, rules)
        let lengths = talkspurts.map { $0.length / 8 } + multiples.suffix(2)
        let instants = talkspurts.map { $0.decided / 8 } + [reference.end / 8]
        var parameters = open
        parameters.minimum = edge(of: lengths, in: 1...60_000, using: &random)
        if Bool.random(using: &random) { parameters.maximum = edge(of: lengths, in: 1...60_000, using: &random) }
        if Bool.random(using: &random) { parameters.analysis = edge(of: instants, in: 1...60_000, using: &random) }
        if Int.random(in: 0..<3, using: &random) == 0 {
            let starts = talkspurts.map { $0.decided - reference.frames[0].end }
            parameters.media = edge(
                of: starts + talkspurts.map(\.decided) + [8 * edge(of: instants, in: 0...60_000, using: &random)],
                in: 0...480_000,
                using: &random
            )
        }
        return parameters
    }

    // MARK: - wait_for_silence

    @Test("wait_for_silence", arguments: RuleSet.allCases, seeds)
    func silence(rules: RuleSet, seed: UInt64) throws {
        let frameLengths = rules == .asterisk ? Self.asteriskFrames + [1600] : Self.documentedFrames + [400, 1600]
        try check(250, seed: seed, frameLengths: frameLengths) { signal, reference, random in
            let frame = max(1, reference.frames[0].milliseconds)
            for _ in 0..<20 {
                let silence = edge(of: (1...12).map { $0 * frame }, in: 1...5000, using: &random)
                let iterations = Int.random(in: 1...10, using: &random)
                let timeout = edge(of: [0, 1, 2, reference.end / 8000], in: 0...300, using: &random)
                let parameters = try SilenceParameters(
                    silence: .milliseconds(silence),
                    iterations: iterations,
                    timeout: .seconds(timeout)
                )
                let clock = PacketClock.allCases.randomElement(using: &random)!
                let rule = SilenceRule(parameters, rules: rules, clock: clock)
                let found = DetectorOutcome(rule, signal, random: &random).outcome
                let expected =
                    switch rules {
                    case .asterisk where clock == .live:
                        reference.liveSilence(silence: silence, iterations: iterations, timeout: timeout)
                    case .asterisk:
                        reference.asteriskSilence(silence: silence, iterations: iterations, timeout: timeout)
                    case .documented:
                        reference.documentedSilence(silence: silence, iterations: iterations, timeout: timeout)
                    }
                guard found == expected else { return "\(parameters) \(found) instead of \(expected)" }
            }
            return nil
        }
    }

    // MARK: - record

    @Test("record", arguments: RuleSet.allCases, seeds)
    func recording(rules: RuleSet, seed: UInt64) throws {
        let frameLengths = [160, 240, 480, 800, 1600, 159, 161, 241, 2000, 2001, 8000]
        try check(250, seed: seed, frameLengths: frameLengths) { signal, reference, random in
            for _ in 0..<20 {
                let end = reference.end / 8000
                let silence = edge(of: [0, 1, 2, 3], in: 0...20, using: &random)
                let maximum = edge(of: [0, 1, end, end / 2], in: 0...300, using: &random)
                let parameters = try RecordingParameters(
                    silence: .seconds(silence),
                    maximumDuration: .seconds(maximum)
                )
                let found = DetectorOutcome(RecordingRule(parameters, rules: rules), signal, random: &random).outcome
                let expected =
                    switch rules {
                    case .asterisk: reference.asteriskRecording(silence: silence, maximum: maximum)
                    case .documented: reference.documentedRecording(silence: silence, maximum: maximum)
                    }
                guard found == expected else { return "\(parameters) \(found) instead of \(expected)" }
            }
            return nil
        }
    }

    // MARK: - AMD

    @Test("AMD", arguments: seeds)
    func answeringMachine(seed: UInt64) {
        check(250, seed: seed, frameLengths: [80, 160, 160, 240, 480, 159, 161], frames: 5...60) {
            signal,
            reference,
            random in
            for _ in 0..<20 {
                let parameters = machineParameters(frame: reference.frames[0].milliseconds, using: &random)
                let rule = AnsweringMachineRule(parameters.durations)
                let found = DetectorOutcome(rule, signal, random: &random).outcome
                let expected = parameters.outcome(reference)
                guard found == expected else { return "\(parameters) \(found) instead of \(expected)" }
            }
            return nil
        }
    }

    /// The defaults, with a few replaced by what decides sooner.
    private func machineParameters(frame: Int, using random: inout SplitMix64) -> ReferenceAnsweringMachine {
        var parameters = ReferenceAnsweringMachine()
        let fields: [(WritableKeyPath<ReferenceAnsweringMachine, Int>, ClosedRange<Int>)] = [
            (\.initialSilence, 1...30), (\.greeting, 1...40), (\.afterGreetingSilence, 1...20),
            (\.totalAnalysisTime, 1...90), (\.minimumWordLength, 1...6), (\.betweenWordsSilence, 1...6),
            (\.maximumWordLength, 1...40),
        ]
        for (field, frames) in fields where Bool.random(using: &random) {
            let value = Int.random(in: frames, using: &random) * frame + Int.random(in: -1...1, using: &random)
            parameters[keyPath: field] = max(1, value)
        }
        parameters.maximumNumberOfWords = Int.random(in: 0...4, using: &random)
        return parameters
    }

    // MARK: - Chunks

    @Test("chunks change neither verdict nor talkspurts", arguments: RuleSet.allCases)
    func chunks(rules: RuleSet) throws {
        let talk = TalkRule(try TalkParameters(minimum: .seconds(1), silence: .milliseconds(15)), rules: rules)
        let silence = SilenceRule(try SilenceParameters(silence: .milliseconds(700), iterations: 2), rules: rules)
        let parameters = try RecordingParameters(silence: .seconds(1), maximumDuration: .seconds(3))
        let recording = RecordingRule(parameters, rules: rules)
        let machine = AnsweringMachineRule(AnsweringMachineParameters())
        check(200, seed: 5, frameLengths: [40, 160, 159, 480], frames: 100...200) { signal, _, random in
            for _ in 0..<5 {
                if let difference = difference(talk, signal, &random) { return difference }
                if let difference = difference(silence, signal, &random) { return difference }
                if let difference = difference(recording, signal, &random) { return difference }
                if let difference = difference(machine, signal, &random) { return difference }
            }
            return nil
        }
    }

    private func difference<Rule: DetectionRule>(
        _ rule: Rule,
        _ signal: RandomSignal,
        _ random: inout SplitMix64
    ) -> String? {
        let classifier = Classifier.magnitude(signal.threshold)
        let detector = Detector(rule, classifier: classifier, frameLength: signal.frameLength)
        let whole = Detector.decide(PhoneAudio(samples: signal.samples), detector)
        let chunked = DetectorOutcome(rule, signal, random: &random)
        let isEqual =
            chunked.talkspurts == whole.talkspurts && chunked.outcome.result == whole.verdict.result.rawValue
            && chunked.outcome.decided == whole.verdict.instant?.samples
        return isEqual ? nil : "\(rule): \(chunked.outcome), \(chunked.talkspurts) instead of \(whole)"
    }
}

extension DetectorOutcome {
    init(_ rule: Rule, _ signal: RandomSignal, random: inout SplitMix64) {
        self.init(
            rule,
            signal.samples,
            threshold: signal.threshold,
            frameLength: signal.frameLength,
            random: &random
        )
    }
}

extension Talkspurt {
    /// Whether enough silence followed.
    var wasDecided: Bool {
        switch outcome {
        case .qualifies, .tooShort, .tooLong: true
        case .silent, .noPacket, .tooLittleSilence, .noMoreSilence, .silenceIgnored, .decided, .analysisOver,
            .audioOver:
            false
        }
    }
}

extension ReferenceRules {
    func talkspurts(_ parameters: ReferenceTalkParameters, _ rules: RuleSet) -> [ReferenceTalkspurt] {
        switch rules {
        case .asterisk: asteriskTalkspurts(parameters)
        case .documented: documentedTalkspurts(parameters)
        }
    }
}

extension ReferenceTalkParameters {
    /// As the detector takes them.
    var checked: TalkParameters {
        get throws {
            try TalkParameters(
                minimum: .milliseconds(minimum),
                maximum: maximum.map { .milliseconds($0) },
                silence: .milliseconds(silence),
                analysisTime: analysis.map { .milliseconds($0) }
            )
        }
    }
}

extension ReferenceAnsweringMachine {
    /// As the detector takes them.
    var durations: AnsweringMachineParameters {
        var parameters = AnsweringMachineParameters()
        parameters.initialSilence = .milliseconds(initialSilence)
        parameters.greeting = .milliseconds(greeting)
        parameters.afterGreetingSilence = .milliseconds(afterGreetingSilence)
        parameters.totalAnalysisTime = .milliseconds(totalAnalysisTime)
        parameters.minimumWordLength = .milliseconds(minimumWordLength)
        parameters.betweenWordsSilence = .milliseconds(betweenWordsSilence)
        parameters.maximumNumberOfWords = maximumNumberOfWords
        parameters.maximumWordLength = .milliseconds(maximumWordLength)
        return parameters
    }
}
