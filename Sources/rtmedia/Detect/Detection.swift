import AudioConversion
import TalkDetection
import TelephonyAudio

/// What to detect, by which rules.
struct Detection: Sendable {
    /// A command's rule and its parameters.
    enum Kind: Sendable {
        case talk(TalkParameters, media: Duration?)
        case silence(SilenceParameters)
        case recording(RecordingParameters)
        case answeringMachine
        case dtmf
        case activity(ActivityRule)
    }

    let command: DetectedCommand
    let rules: RuleSet
    let kind: Kind
    let classifier: Classifier
    /// In samples.
    let frameLength: Int
    /// What is kept to be drawn.
    var detail = SoundPicture.Detail.levels

    /// The threshold, where the classifier has one.
    var threshold: MeanMagnitude? {
        if command != .dtmf, case .threshold(let magnitude) = classifier { return magnitude }
        return nil
    }

    /// What tells talk from silence, in words: `threshold 512 (-36.1 dBov)`.
    var classifierName: String {
        threshold.map { "threshold \($0)" } ?? "adaptive threshold"
    }

    /// The analysis time, where the command has one.
    var analysisTime: Duration? {
        if case .talk(let parameters, _) = kind { return parameters.analysisTime }
        return nil
    }

    /// Detects in a whole source, a few thousand samples at a time.
    func run(_ source: AudioSource, options: ConversionOptions) throws(ConversionError) -> DetectionResult {
        switch kind {
        case .talk(let parameters, let media):
            return try run(source, options, TalkRule(parameters, rules: rules, media: media))
        case .silence(let parameters): return try run(source, options, SilenceRule(parameters, rules: rules))
        case .recording(let parameters):
            return try run(source, options, RecordingRule(parameters, rules: rules)) { rule, result in
                result.kept = rule.kept
            }
        case .answeringMachine:
            return try run(source, options, AnsweringMachineRule(AnsweringMachineParameters())) { rule, result in
                result.cause = rule.cause.isEmpty ? nil : rule.cause
            }
        case .activity(let rule): return try run(source, options, rule)
        case .dtmf: return try hear(source, options)
        }
    }

    private func run<Rule: DetectionRule>(
        _ source: AudioSource, _ options: ConversionOptions, _ rule: Rule,
        _ complete: (Rule, inout DetectionResult) -> Void = { _, _ in }
    ) throws(ConversionError) -> DetectionResult {
        var detector = Detector(rule, classifier: classifier, frameLength: frameLength)
        var result = DetectionResult(self, file: source.name)
        let report = try AudioConverter(options: options).convert(source) { samples in
            detector.add(samples) { result.tokens.append(.init($0)) }
            result.picture.add(samples)
        }
        detector.finish { result.tokens.append(.init($0)) }
        result.finish(report)
        let verdict = detector.verdict!
        (result.result, result.decided, result.talk) = (verdict.result.rawValue, verdict.instant, verdict.talk)
        complete(detector.rule, &result)
        return result
    }

    private func hear(_ source: AudioSource, _ options: ConversionOptions) throws(ConversionError) -> DetectionResult {
        var detector = DTMFDetector()
        var result = DetectionResult(self, file: source.name)
        let report = try AudioConverter(options: options).convert(source) { samples in
            detector.add(samples) { result.tokens.append(.init($0)) }
            result.picture.add(samples)
        }
        detector.finish { result.tokens.append(.init($0)) }
        result.finish(report)
        result.result = result.tokens.compactMap(\.key).map(String.init).joined()
        return result
    }
}
