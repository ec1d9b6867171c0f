import AudioConversion
import Presentation
import RealTimeAPI
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

    /// What ends the command in any case, and when.
    var limits: [(instant: Duration, name: String)] {
        switch kind {
        case .talk(let parameters, let media):
            (parameters.analysisTime.map { [($0, "analysis over")] } ?? []) + (media.map { [($0, "media over")] } ?? [])
        case .silence(let parameters): parameters.timeout == .zero ? [] : [(parameters.timeout, "timeout")]
        case .recording(let parameters):
            parameters.maximumDuration == .zero ? [] : [(parameters.maximumDuration, Record.maximumDuration.name)]
        case .answeringMachine, .dtmf, .activity: []
        }
    }

    /// Whether the command waits for silence, not for talk.
    var isAboutSilence: Bool { command == .waitForSilence || command == .record }

    /// The command and its parameters by their names on the wire, as in `wait_for_silence: silence_ms 500, iterations 1`.
    var parameters: String {
        let values =
            switch kind {
            case .talk(let parameters, let media):
                "\(parameters)" + (media.map { ", media_ms \($0.milliseconds)" } ?? "")
            case .silence(let parameters): "\(parameters)"
            case .recording(let parameters): "\(parameters)"
            case .activity(let rule):
                "\(ActivityRule.pause.text(rule.pause)), \(ActivityRule.minimum.text(rule.minimum))"
            case .answeringMachine, .dtmf: ""
            }
        return command.rawValue + (values.isEmpty ? "" : ": \(values)")
    }

    /// What is detected, and by which rules, in a line or two.
    var summary: [String] {
        parameters == command.rawValue ? ["\(parameters), \(manner)"] : [parameters, manner]
    }

    /// By which rules, as in `by asterisk rules, frames of 20 ms, threshold 512 (-36.1 dBov)`.
    var manner: String {
        guard command != .dtmf else { return "within the limits of ITU-T Q.24" }
        let rules = command == .amd || command == .activity ? "" : "by \(rules.rawValue) rules, "
        return "\(rules)frames of \(frameLength / 8) ms, \(classifierName)"
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
                result.cause = rule.cause
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
        var result = try result(of: source, options, by: &detector) { .init($0) }
        let verdict = detector.verdict!
        (result.answer, result.decided, result.talk) = (verdict.result, verdict.instant, verdict.talk)
        complete(detector.rule, &result)
        return result
    }

    private func hear(_ source: AudioSource, _ options: ConversionOptions) throws(ConversionError) -> DetectionResult {
        var detector = DTMFDetector()
        return try result(of: source, options, by: &detector) { .init($0) }
    }

    /// What is found in a source, from its first sample to its end.
    private func result<Finder: SoundFinder>(
        of source: AudioSource, _ options: ConversionOptions, by finder: inout Finder,
        item: @escaping (Finder.Found) -> DetectionResult.Item
    ) throws(ConversionError) -> DetectionResult {
        var result = DetectionResult(self, source)
        let report = try AudioConverter(options: options).convert(source) { samples in
            finder.take(samples) { result.talkspurts.append(item($0)) }
            result.picture.add(samples)
        }
        finder.end { result.talkspurts.append(item($0)) }
        result.finish(report)
        return result
    }
}

/// What finds talkspurts, or tones, in a stream of samples.
private protocol SoundFinder {
    associatedtype Found

    mutating func take(_ samples: Span<Int16>, found: @escaping (Found) -> Void)
    mutating func end(found: @escaping (Found) -> Void)
}

extension Detector: SoundFinder {
    fileprivate mutating func take(_ samples: Span<Int16>, found: @escaping (Talkspurt) -> Void) {
        add(samples, trace: found)
    }

    fileprivate mutating func end(found: @escaping (Talkspurt) -> Void) { finish(trace: found) }
}

extension DTMFDetector: SoundFinder {
    fileprivate mutating func take(_ samples: Span<Int16>, found: @escaping (DTMFTone) -> Void) {
        add(samples, found)
    }

    fileprivate mutating func end(found: @escaping (DTMFTone) -> Void) { finish(found) }
}
