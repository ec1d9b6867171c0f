public import TalkDetection

/// Parameters of `play_talk_detect` as whole frames of 20 ms: all that Asterisk's rules can tell apart.
///
/// The rules end a talkspurt with the first silent frame that brings the silence over `silence_ms`, and measure it as 20 ms
/// for each of its frames, less `silence_ms` modulo 20. With `silence_ms` = 20 `silence` + m, a talkspurt of v frames is
/// longer than `min_ms` if v > (min_ms + m) / 20, shorter than `max_ms` if v < (max_ms + m) / 20, and decided in time if
/// its decision falls before `analysistime_ms`. So every combination of the API's ranges decides like one candidate, on
/// every recording of whole frames, at every threshold.
public struct Candidate: Sendable, Hashable {
    /// Silent frames that a talkspurt outlasts, 0...250: one more ends it.
    public let silence: Int
    /// A talkspurt has to have more frames, 0...2999.
    public let minimum: Int
    /// A talkspurt must not have more frames, 0...3000.
    public let maximum: Int
    /// The last frame that a decision may fall in, counted from 1; 0...2999.
    public let analysisTime: Int

    /// The ranges that the API's ranges come to.
    public static let silences = 0...250
    static let minimums = 0...2999
    static let maximums = 0...3000
    static let analysisTimes = 0...2999

    /// The number of combinations that the API accepts: 60,000 x 60,000 x 5,000 x 60,000.
    public static let combinationCount = 1.08e18

    init(silence: Int, minimum: Int, maximum: Int, analysisTime: Int) {
        self.silence = silence
        self.minimum = minimum
        self.maximum = maximum
        self.analysisTime = analysisTime
    }

    /// The candidate that decides as parameters do.
    public init(_ parameters: TalkParameters) {
        let silence = parameters.silence.milliseconds
        let rest = silence % 20
        self.init(
            silence: silence / 20, minimum: min(2999, (parameters.minimum.milliseconds + rest) / 20),
            maximum: parameters.maximum.map { min(3000, ($0.milliseconds + rest + 19) / 20 - 1) } ?? 3000,
            analysisTime: parameters.analysisTime.map { ($0.milliseconds + 19) / 20 - 1 } ?? 2999)
    }

    /// The parameters that lie in the middle of what decides like this: half a frame from either neighbour.
    public var parameters: TalkParameters {
        // No silence is longer than 5000 ms, so its talkspurt is measured without rest.
        let rest = silenceMilliseconds % 20
        return TalkParameters(
            clampingMinimum: .milliseconds(minimum == 0 ? 5 : 20 * minimum + 10 - rest),
            maximum: .milliseconds(maximum >= 2999 ? 60_000 : 20 * maximum + 10 - rest),
            silence: .milliseconds(silenceMilliseconds),
            analysisTime: .milliseconds(20 * analysisTime + 10))
    }

    /// The candidate, or one with as much silence as is the least.
    func keepingSilence(_ least: Int) -> Candidate { silence < least ? with(.silence, least) : self }

    private var silenceMilliseconds: Int { silence == 250 ? 5000 : 20 * silence + 10 }

    /// An order in which to prefer candidates that cost the same.
    var key: (Int, Int, Int, Int) { (silence, analysisTime, maximum, minimum) }
}
