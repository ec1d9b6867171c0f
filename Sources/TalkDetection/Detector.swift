public import TelephonyAudio

/// Decides on a stream of samples what a command would answer.
///
/// ```swift
/// var detector = TalkDetector(TalkParameters(), rules: .asterisk)
/// for chunk in chunks where detector.verdict == nil { detector.add(chunk.span) }
/// detector.finish()
/// print(detector.verdict!.result.rawValue)        // TALK or 0
/// ```
///
/// The verdict does not depend on how the stream is cut into calls. Nothing is allocated after a detector is made.
public struct Detector<Rule: DetectionRule>: Sendable {
    /// The rule, as far as it has come.
    public private(set) var rule: Rule
    private var frames: FrameClassifier

    /// A detector at the beginning of the audio.
    ///
    /// - Parameters:
    ///   - rule: what decides.
    ///   - classifier: what tells talk from silence.
    ///   - frameLength: samples in a frame, 1...8000.
    public init(_ rule: Rule, classifier: Classifier, frameLength: Int) {
        self.rule = rule
        frames = FrameClassifier(classifier, frameLength: frameLength)
    }

    /// What the command would answer; nil as long as that is open.
    public var verdict: Verdict? { rule.verdict }

    /// Takes the next samples; those after the verdict are of no consequence.
    ///
    /// - Parameters:
    ///   - samples: at 8000 Hz, of any number.
    ///   - trace: is given each talkspurt as it is decided about.
    public mutating func add(_ samples: Span<Int16>, trace: ((Talkspurt) -> Void)? = nil) {
        guard verdict == nil else { return }
        let frameLength = frames.frameLength
        frames.add(samples) { rule.add($0, sampleCount: frameLength, trace: trace) }
    }

    /// Takes the end of the audio: a last frame, if it is short, and the hang-up.
    ///
    /// There is a verdict then.
    ///
    /// - Parameter trace: is given the talkspurt that the audio ended in.
    public mutating func finish(trace: ((Talkspurt) -> Void)? = nil) {
        finishFrames(trace: trace)
        if let talkspurt = rule.finish() { trace?(talkspurt) }
    }

    /// Takes the frames that are not decided or not whole yet.
    private mutating func finishFrames(trace: ((Talkspurt) -> Void)?) {
        let frameLength = frames.frameLength
        let rest = frames.finish { rule.add($0, sampleCount: frameLength, trace: trace) }
        if let rest, let talkspurt = rule.add(isSilent: rest.isSilent, sampleCount: rest.sampleCount) {
            trace?(talkspurt)
        }
    }

    /// Takes a whole recording, from its beginning to the hang-up.
    ///
    /// - Parameter audio: all there is.
    /// - Returns: the talkspurts that were decided about; there is a ``verdict`` then.
    public mutating func run(_ audio: PhoneAudio) -> [Talkspurt] {
        var talkspurts: [Talkspurt] = []
        add(audio.samples.span) { talkspurts.append($0) }
        finish { talkspurts.append($0) }
        return talkspurts
    }
}

extension Detector where Rule == RecordingRule {
    /// Takes the key `#`, which ends the recording.
    ///
    /// Samples after the last whole frame count as a frame. There is a verdict then.
    public mutating func addHash() {
        finishFrames(trace: nil)
        rule.addHash()
    }
}

/// `play_talk_detect`.
public typealias TalkDetector = Detector<TalkRule>
/// `wait_for_silence`.
public typealias SilenceDetector = Detector<SilenceRule>
/// The end of `record`.
public typealias RecordingDetector = Detector<RecordingRule>
/// Asterisk's AMD.
public typealias AnsweringMachineDetector = Detector<AnsweringMachineRule>
/// Where there is talk.
public typealias ActivityDetector = Detector<ActivityRule>
