public import TalkDetection

/// What the recommended parameters do on one recording, as it is and at the threshold that the platform is taken to have.
public struct Judgement: Sendable {
    /// The recording.
    public let recording: LabelledRecording
    /// What the command would answer.
    public let verdict: Verdict
    /// What became of each talkspurt.
    public let talkspurts: [Talkspurt]
    /// Why, as in `312 ms talkspurt, under min_ms 500`.
    public let reason: String
    /// Of all conditions and thresholds, the share under which the answer is wrong.
    public let errorShare: Double

    /// Whether the answer is right.
    public var isRight: Bool { (verdict.result == .talk) == recording.isTalk }
}

extension RecordingLevels {
    /// Runs Asterisk's rules over the levels of a condition.
    func run(_ parameters: TalkParameters, condition: Int, threshold: MeanMagnitude) -> (Verdict, [Talkspurt]) {
        var rule = TalkRule(parameters, rules: .asterisk)
        var talkspurts: [Talkspurt] = []
        let silences = levels(condition: condition).map { Int($0) < threshold.rawValue }
        let rest = sampleCount - (frameCount - 1) * Self.frameLength
        let wholeCount = rest < Self.frameLength ? frameCount - 1 : frameCount
        rule.add(silences.span.extracting(first: max(0, wholeCount)), sampleCount: Self.frameLength) {
            talkspurts.append($0)
        }
        if wholeCount < frameCount, rule.verdict == nil,
            let talkspurt = rule.add(isSilent: silences[wholeCount], sampleCount: rest)
        {
            talkspurts.append(talkspurt)
        }
        if let talkspurt = rule.finish() { talkspurts.append(talkspurt) }
        return (rule.verdict!, talkspurts)
    }
}

/// Says why, in a clause.
struct Reasoning {
    let parameters: TalkParameters
    let verdict: Verdict
    let talkspurts: [Talkspurt]
    let threshold: MeanMagnitude
    let isAdaptive: Bool
    let loudest: Int

    var text: String {
        if verdict.result == .talk, let talkspurt = talkspurts.last {
            let length = talkspurt.length.milliseconds
            return "\(length) ms talkspurt, then more than silence_ms \(parameters.silence.milliseconds) of silence"
        }
        // Of several the longest tells most.
        guard let talkspurt = talkspurts.max(by: { $0.length < $1.length }) else {
            return loudest < threshold.rawValue
                ? isAdaptive
                    ? "no talk is heard"
                    : "nothing reaches the threshold \(threshold.rawValue): the loudest frame has \(loudest)"
                : "nothing is over the threshold in the first \(parameters.analysisTime!.milliseconds) ms (analysistime_ms)"
        }
        let more = talkspurts.count > 1 ? "; \(talkspurts.count - 1) shorter" : ""
        return "\(talkspurt.length.milliseconds) ms talkspurt, \(reason(talkspurt))\(more)"
    }

    private func reason(_ talkspurt: Talkspurt) -> String {
        switch talkspurt.outcome {
        case .tooShort(let minimum): "under min_ms \(minimum.milliseconds)"
        case .tooLong(let maximum): "over max_ms \(maximum.milliseconds)"
        case .analysisOver(let time): "not over when analysistime_ms \(time.milliseconds) was"
        case .audioOver: "not followed by silence_ms \(parameters.silence.milliseconds) before the recording ended"
        default: "\(talkspurt.outcome)"
        }
    }
}
