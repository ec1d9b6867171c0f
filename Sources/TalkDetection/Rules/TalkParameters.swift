public import RealTimeAPI

/// The parameters of `play_talk_detect`.
public struct TalkParameters: Sendable, Hashable {
    /// `min_ms`: a period of non-silence has to be longer.
    public let minimum: Duration
    /// `max_ms`: a period of non-silence has to be shorter; nil is no limit.
    public let maximum: Duration?
    /// `silence_ms`: how much silence has to follow.
    public let silence: Duration
    /// `analysistime_ms`: the time in which all has to happen; nil is no limit.
    public let analysisTime: Duration?

    /// Parameters, which are whole milliseconds in the ranges of `PlayTalkDetect`, whose defaults they have.
    ///
    /// - Parameters:
    ///   - minimum: `min_ms`, 1...60000 ms.
    ///   - maximum: `max_ms`, 1...60000 ms; nil, which Asterisk knows and the platform does not, is no limit.
    ///   - silence: `silence_ms`, 1...5000 ms.
    ///   - analysisTime: `analysistime_ms`, 1...60000 ms; nil as for `maximum`.
    /// - Throws: an error that names the field that is out of range. A minimum that is not below the maximum, which no
    ///   talk can meet, is not an error.
    public init(
        minimum: Duration = PlayTalkDetect.minimum.default,
        maximum: Duration? = PlayTalkDetect.maximum.default,
        silence: Duration = PlayTalkDetect.silence.default,
        analysisTime: Duration? = PlayTalkDetect.analysisTime.default
    ) throws(DetectionError) {
        try PlayTalkDetect.minimum.check(minimum)
        if let maximum { try PlayTalkDetect.maximum.check(maximum) }
        try PlayTalkDetect.silence.check(silence)
        if let analysisTime { try PlayTalkDetect.analysisTime.check(analysisTime) }
        self.minimum = minimum
        self.maximum = maximum
        self.silence = silence
        self.analysisTime = analysisTime
    }

    /// The defaults, which are those that the platform's page recommends.
    public init() { self.init(clampingMinimum: PlayTalkDetect.minimum.default) }

    /// The parameters of a command: just those of one that was validated, and otherwise the nearest that are in range.
    public init(clamping command: PlayTalkDetect) {
        self.init(
            clampingMinimum: command.minimum, maximum: command.maximum, silence: command.silence,
            analysisTime: command.analysisTime)
    }

    /// Parameters of which each is the nearest that is in range.
    package init(
        clampingMinimum minimum: Duration, maximum: Duration = PlayTalkDetect.maximum.default,
        silence: Duration = PlayTalkDetect.silence.default,
        analysisTime: Duration = PlayTalkDetect.analysisTime.default
    ) {
        self.minimum = PlayTalkDetect.minimum.clamping(minimum)
        self.maximum = PlayTalkDetect.maximum.clamping(maximum)
        self.silence = PlayTalkDetect.silence.clamping(silence)
        self.analysisTime = PlayTalkDetect.analysisTime.clamping(analysisTime)
    }

    /// What becomes of a talkspurt of a length that enough silence has followed.
    func outcome(length: Duration) -> Talkspurt.Outcome {
        if length <= minimum { return .tooShort(minimum: minimum) }
        if let maximum, length >= maximum { return .tooLong(maximum: maximum) }
        return .qualifies
    }
}

extension TalkParameters: CustomStringConvertible {
    /// By their names on the wire, as in `min_ms 500, max_ms 60000, silence_ms 5, analysistime_ms 4000`.
    public var description: String {
        [
            PlayTalkDetect.minimum.text(minimum), maximum.map(PlayTalkDetect.maximum.text),
            PlayTalkDetect.silence.text(silence), analysisTime.map(PlayTalkDetect.analysisTime.text),
        ].compactMap(\.self).joined(separator: ", ")
    }
}
