package import AudioConversion
package import Presentation
import RealTimeAPI
package import TalkDetection
import TelephonyAudio

/// What to detect, by which rules.
package struct Detection: Sendable {
    /// A command's rule and its parameters.
    package enum Kind: Sendable {
        case talk(TalkParameters, media: Duration?)
        case silence(SilenceParameters)
        case recording(RecordingParameters)
        case answeringMachine
        case dtmf
        case activity(ActivityRule)
    }

    package let command: DetectedCommand
    package let rules: RuleSet
    package let kind: Kind
    package let classifier: Classifier
    /// In samples.
    package let frameLength: Int
    /// When packets come, for `wait_for_silence` by Asterisk's rules.
    package var clock = PacketClock.live
    /// The channel that is listened to, from 1; nil is all together.
    package var channel: Int?
    /// Whether each channel is listened to by itself, so that files need its name.
    package var isOfEachChannel = false
    /// Whether it is told, too, what `play_talk_detect` would answer with a `silence_ms` that pauses between words do not reach.
    package var showsUsualPause = false
    /// What is kept to be drawn.
    package var detail = SoundPicture.Detail.levels
    /// Whether the probabilities of talk are kept, where the classifier has some.
    package var keepsProbabilities = false
    /// Whether levels and probabilities are told in JSON.
    package var keepsFrames = false

    /// Longer than pauses between words, and no longer than people wait for an answer.
    static let usualPause = Duration.milliseconds(500)

    /// A detection by a kind's rules.
    ///
    /// - Parameter frameLength: in samples, 1...8000.
    package init(
        command: DetectedCommand, rules: RuleSet, kind: Kind, classifier: Classifier, frameLength: Int
    ) {
        self.command = command
        self.rules = rules
        self.kind = kind
        self.classifier = classifier
        self.frameLength = frameLength
    }

    /// The threshold, where the classifier has one.
    package var threshold: MeanMagnitude? {
        if command != .dtmf, case .threshold(let magnitude) = classifier { return magnitude }
        return nil
    }

    /// What tells talk from silence, in words: `threshold 512 (-36.1 dBov)`.
    package var classifierName: String {
        threshold.map { "threshold \($0)" } ?? "adaptive threshold"
    }

    /// What makes a detection's answer another than one might think, whatever is heard.
    package enum Warning: Sendable, Hashable, CustomStringConvertible {
        /// Talk that qualifies can hardly be found, or not at all.
        case talk(String)
        /// A live line answers before a packet comes; in audio time only what is heard counts.
        case packets(String)

        /// A sentence.
        package var description: String {
            switch self {
            case .talk(let text), .packets(let text): text
            }
        }
    }

    /// What makes its answer another than one might think, whatever is heard.
    package var warnings: [Warning] {
        switch kind {
        case .talk(let parameters, let media):
            let (minimum, time) = (parameters.minimum.milliseconds, parameters.analysisTime?.milliseconds)
            if let maximum = parameters.maximum?.milliseconds, minimum + 1 >= maximum {
                return [.talk("no talk is longer than \(minimum) ms and shorter than \(maximum) ms")]
            }
            if let time, time <= minimum {
                return [.talk("talk longer than \(minimum) ms does not fit into an analysis time of \(time) ms")]
            }
            let command = PlayTalkDetect(
                .none, minimum: parameters.minimum, silence: parameters.silence,
                analysisTime: parameters.analysisTime ?? .zero)
            return [media.flatMap(command.warning(aboutMediaLasting:)).map(Warning.talk)].compactMap(\.self)
        case .silence(let parameters): return [packetWarning(parameters)].compactMap(\.self)
        case .recording, .answeringMachine, .dtmf, .activity: return []
        }
    }

    /// What to tell where a live line answers before a packet comes.
    func packetWarning(_ parameters: SilenceParameters) -> Warning? {
        guard rules == .asterisk, clock == .live else { return nil }
        return WaitForSilence(parameters.silence)
            .warning(aboutPacketsOf: .milliseconds(frameLength / 8))
            .map { .packets("\(WaitForSilence.silence.name) \($0)") }
    }

    /// What ends the command in any case, and when.
    package var limits: [(instant: Duration, name: String)] {
        switch kind {
        case .talk(let parameters, let media):
            (parameters.analysisTime.map { [($0, "analysis over")] } ?? []) + (media.map { [($0, "media over")] } ?? [])
        case .silence(let parameters): parameters.timeout == .zero ? [] : [(parameters.timeout, "timeout")]
        case .recording(let parameters):
            parameters.maximumDuration == .zero ? [] : [(parameters.maximumDuration, Record.maximumDuration.name)]
        case .answeringMachine, .dtmf, .activity: []
        }
    }

    /// `silence_ms`, of the commands that have it.
    package var silence: Duration? {
        switch kind {
        case .talk(let parameters, _): parameters.silence
        case .silence(let parameters): parameters.silence
        case .activity(let rule): rule.pause
        case .recording, .answeringMachine, .dtmf: nil
        }
    }

    /// Whether the command waits for silence, not for talk.
    package var isAboutSilence: Bool { command == .waitForSilence || command == .record }

    /// The command and its parameters by their names on the wire, as in `wait_for_silence: silence_ms 500, iterations 1`.
    package var parameters: String {
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
    package var summary: [String] {
        parameters == command.rawValue ? ["\(parameters), \(manner)"] : [parameters, manner]
    }

    /// The same without `silence_ms`, where several are compared.
    package var comparedSummary: [String] {
        let silence = silence.map { "silence_ms \($0.milliseconds)" } ?? ""
        return summary.map { $0.replacing(", \(silence)", with: "").replacing("\(silence), ", with: "") }
    }

    /// By which rules, as in `by asterisk rules, frames of 20 ms, threshold 512 (-36.1 dBov)`.
    package var manner: String {
        guard command != .dtmf else { return "within the limits of ITU-T Q.24" }
        let rules = DetectionSetting.rules.commands.contains(command) ? "by \(rules.rawValue) rules, " : ""
        let packets = command == .waitForSilence && self.rules == .asterisk && clock == .audio ? ", in audio time" : ""
        return "\(rules)frames of \(frameLength / 8) ms, \(classifierName)\(packets)"
    }

    /// Detects in a whole source, a few thousand samples at a time.
    ///
    /// - Parameters:
    ///   - source: what is listened to; what comes through a pipe is, as it comes.
    ///   - options: how it is read.
    ///   - onEvent: is told what is found as soon as it is.
    package func run(
        _ source: AudioSource, options: ConversionOptions, onEvent: ((DetectionEvent) -> Void)? = nil
    ) throws(ConversionError) -> DetectionResult {
        let input = Input(source: source, options: options, onEvent: onEvent)
        switch kind {
        case .talk(let parameters, let media):
            return try run(input, TalkRule(parameters, rules: rules, media: media))
        case .silence(let parameters):
            return try run(input, SilenceRule(parameters, rules: rules, clock: clock))
        case .recording(let parameters):
            return try run(input, RecordingRule(parameters, rules: rules)) { rule, result in
                result.kept = rule.kept
            }
        case .answeringMachine:
            return try run(input, AnsweringMachineRule(AnsweringMachineParameters())) { rule, result in
                result.cause = rule.cause
            }
        case .activity(let rule): return try run(input, rule)
        case .dtmf: return try hear(input)
        }
    }

    /// What is listened to, how it is read, and who is told what is found.
    private struct Input {
        let source: AudioSource
        let options: ConversionOptions
        let onEvent: ((DetectionEvent) -> Void)?
    }

    private func run<Rule: DetectionRule>(
        _ input: Input, _ rule: Rule, _ complete: (Rule, inout DetectionResult) -> Void = { _, _ in }
    ) throws(ConversionError) -> DetectionResult {
        var detector = Detector(rule, classifier: classifier, frameLength: frameLength)
        var result = try result(of: input, by: &detector) { .init($0) }
        let verdict = detector.verdict!
        (result.answer, result.decided, result.talk) = (verdict.result, verdict.instant, verdict.talk)
        complete(detector.rule, &result)
        return result
    }

    private func hear(_ input: Input) throws(ConversionError) -> DetectionResult {
        var detector = DTMFDetector()
        return try result(of: input, by: &detector) { .init($0) }
    }

    /// What is found in a source, from its first sample to its end.
    private func result<Finder: SoundFinder>(
        of input: Input, by finder: inout Finder, item: @escaping (Finder.Found) -> DetectionResult.Item
    ) throws(ConversionError) -> DetectionResult {
        var result = DetectionResult(self, input.source)
        var usual = usualPauseRule.map { Detector($0, classifier: classifier, frameLength: frameLength) }
        var verdict: Verdict?
        func note(_ found: Finder.Found) {
            result.talkspurts.append(item(found))
            input.onEvent?(.found(result.talkspurts.last!))
        }
        func noteVerdict() {
            guard verdict == nil, let found = finder.verdict else { return }
            verdict = found
            input.onEvent?(.verdict(found))
        }
        let converter = AudioConverter(options: input.options)
        let report: ConversionReport
        func listen(_ samples: Span<Int16>) {
            finder.take(samples, found: note)
            noteVerdict()
            usual?.add(samples)
            result.picture.add(samples)
        }
        switch input.source {
        case .descriptor(let descriptor, let name):
            report = try converter.convertLive(descriptor, name: name, listen)
        case .file, .bytes: report = try converter.convert(input.source, listen)
        }
        finder.end(found: note)
        noteVerdict()
        usual?.finish()
        result.finish(report)
        result.withUsualPause = usual?.verdict
        return result
    }

    /// What `play_talk_detect` would go by with ``usualPause``, where that is told too: by a threshold, which every word passes.
    var usualPauseRule: TalkRule? {
        guard showsUsualPause, threshold != nil, case .talk(let parameters, let media) = kind,
            parameters.silence < Self.usualPause,
            let usual = try? TalkParameters(
                minimum: parameters.minimum, maximum: parameters.maximum, silence: Self.usualPause,
                analysisTime: parameters.analysisTime)
        else { return nil }
        return TalkRule(usual, rules: rules, media: media)
    }
}

/// What finds talkspurts, or tones, in a stream of samples.
private protocol SoundFinder {
    associatedtype Found

    /// What the command would answer; nil as long as that is open, and where nothing is answered.
    var verdict: Verdict? { get }

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
    fileprivate var verdict: Verdict? { nil }

    fileprivate mutating func take(_ samples: Span<Int16>, found: @escaping (DTMFTone) -> Void) {
        add(samples, found)
    }

    fileprivate mutating func end(found: @escaping (DTMFTone) -> Void) { finish(found) }
}
