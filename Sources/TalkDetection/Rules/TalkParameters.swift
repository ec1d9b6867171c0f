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

    /// Parameters, which are whole milliseconds; the defaults are those that the platform's page recommends.
    ///
    /// - Parameters:
    ///   - minimum: `min_ms`, 1...60000 ms.
    ///   - maximum: `max_ms`, 1...60000 ms; nil, which Asterisk knows and the platform does not, is no limit.
    ///   - silence: `silence_ms`, 1...5000 ms.
    ///   - analysisTime: `analysistime_ms`, 1...60000 ms; nil as for `maximum`.
    /// - Throws: an error that names the field that is out of range. A minimum that is not below the maximum, which no
    ///   talk can meet, is not an error.
    public init(
        minimum: Duration = .milliseconds(500),
        maximum: Duration? = .milliseconds(60_000),
        silence: Duration = .milliseconds(5),
        analysisTime: Duration? = .milliseconds(4000)
    ) throws(DetectionError) {
        _ = try minimum.milliseconds("min_ms", in: 1...60_000)
        _ = try maximum?.milliseconds("max_ms", in: 1...60_000)
        _ = try silence.milliseconds("silence_ms", in: 1...5000)
        _ = try analysisTime?.milliseconds("analysistime_ms", in: 1...60_000)
        self.minimum = minimum
        self.maximum = maximum
        self.silence = silence
        self.analysisTime = analysisTime
    }

    /// What becomes of a talkspurt of a length that enough silence has followed.
    func outcome(length: Duration) -> Talkspurt.Outcome {
        if length <= minimum { return .tooShort(minimum: minimum) }
        if let maximum, length >= maximum { return .tooLong(maximum: maximum) }
        return .qualifies
    }
}
