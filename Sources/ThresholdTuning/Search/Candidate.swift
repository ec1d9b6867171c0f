public import TalkDetection

/// Parameters of `play_talk_detect` as whole frames of 20 ms: all that Asterisk's rules can tell apart.
///
/// The rules end a talkspurt with the first silent frame that brings the silence over `silence_ms`, and measure it as 20 ms
/// for each of its frames, less `silence_ms` modulo 20. With `silence_ms` = 20 `pause` + m, a talkspurt of v frames is
/// longer than `min_ms` if v > (min_ms + m) / 20, shorter than `max_ms` if v < (max_ms + m) / 20, and decided in time if
/// its decision falls before `analysistime_ms`. So every combination of the API's ranges decides like one candidate, on
/// every recording of whole frames, at every threshold.
public struct Candidate: Sendable, Hashable {
    /// Silent frames that a talkspurt outlasts, 0...250: one more ends it.
    public let pause: Int
    /// A talkspurt has to have more frames, 0...2999.
    public let shortest: Int
    /// A talkspurt must not have more frames, 0...3000.
    public let longest: Int
    /// The last frame that a decision may fall in, counted from 1; 0...2999.
    public let deadline: Int

    /// The ranges that the API's ranges come to.
    public static let pauses = 0...250
    static let shortests = 0...2999
    static let longests = 0...3000
    static let deadlines = 0...2999

    /// The number of combinations that the API accepts: 60,000 x 60,000 x 5,000 x 60,000.
    public static let combinationCount = 1.08e18

    init(pause: Int, shortest: Int, longest: Int, deadline: Int) {
        self.pause = pause
        self.shortest = shortest
        self.longest = longest
        self.deadline = deadline
    }

    /// The candidate that decides as parameters do.
    public init(_ parameters: TalkParameters) {
        let silence = parameters.silence.milliseconds
        let rest = silence % 20
        self.init(
            pause: silence / 20, shortest: min(2999, (parameters.minimum.milliseconds + rest) / 20),
            longest: parameters.maximum.map { min(3000, ($0.milliseconds + rest + 19) / 20 - 1) } ?? 3000,
            deadline: parameters.analysisTime.map { ($0.milliseconds + 19) / 20 - 1 } ?? 2999)
    }

    /// The parameters that lie in the middle of what decides like this: half a frame from either neighbour.
    public var parameters: TalkParameters {
        // No silence is longer than 5000 ms, so its talkspurt is measured without rest.
        let rest = silenceMilliseconds % 20
        return TalkParameters(
            clampingMinimum: .milliseconds(shortest == 0 ? 5 : 20 * shortest + 10 - rest),
            maximum: .milliseconds(longest >= 2999 ? 60_000 : 20 * longest + 10 - rest),
            silence: .milliseconds(silenceMilliseconds),
            analysisTime: .milliseconds(20 * deadline + 10))
    }

    private var silenceMilliseconds: Int { pause == 250 ? 5000 : 20 * pause + 10 }

    /// An order in which to prefer candidates that cost the same.
    var key: (Int, Int, Int, Int) { (pause, deadline, longest, shortest) }
}
