public import RealTimeAPI
import TelephonyAudio

/// Where there is talk: all talkspurts, divided by pauses of a length.
public struct ActivityRule: DetectionRule {
    /// The range and the default of the silence that divides two talkspurts.
    public static let pause = NumberParameter<Duration>(
        "silence_ms", .milliseconds, in: 1...5000, default: 200, "Silence that divides two talkspurts.")
    /// The range and the default of how long a talkspurt has to be.
    public static let minimum = NumberParameter<Duration>(
        "min_ms", .milliseconds, in: 0...60_000, default: 0, "Minimum duration of a talkspurt.")

    /// The silence that divides two talkspurts.
    public let pause: Duration
    /// How long a talkspurt has to be to qualify.
    public let minimum: Duration
    private var pauses = PauseMeter()
    private var hasTalkspurt = false
    private var total = Duration.zero
    /// What there was, once the audio is over: ``Verdict/Result/talk`` or ``Verdict/Result/noTalk``, and how much.
    public private(set) var verdict: Verdict?

    /// A rule at the beginning of the audio.
    ///
    /// - Parameters:
    ///   - pause: the silence that divides two talkspurts, whole milliseconds in 1...5000.
    ///   - minimum: talkspurts have to be so long, whole milliseconds in 0...60000; shorter ones do not qualify.
    /// - Throws: an error that names the field that is out of range.
    public init(
        pause: Duration = Self.pause.default, minimum: Duration = Self.minimum.default
    ) throws(DetectionError) {
        try Self.pause.check(pause)
        try Self.minimum.check(minimum)
        self.pause = pause
        self.minimum = minimum
    }

    /// Takes the next frame; see ``DetectionRule``.
    public mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        pauses.add(isSilent: isSilent, sampleCount: sampleCount, joining: pause)
        guard hasTalkspurt || !isSilent else { return nil }
        hasTalkspurt = true
        return pauses.pause >= pause.milliseconds * 8 ? endTalkspurt() : nil
    }

    /// Takes the end of the audio; see ``DetectionRule``.
    public mutating func finish() -> Talkspurt? {
        let talkspurt = hasTalkspurt ? endTalkspurt() : nil
        verdict = Verdict(total > .zero ? .talk : .noTalk, at: nil, talk: total > .zero ? total : nil)
        return talkspurt
    }

    private mutating func endTalkspurt() -> Talkspurt {
        hasTalkspurt = false
        let length = Duration(samples: pauses.talkEnd - pauses.talkStart)
        let qualifies = length >= minimum
        if qualifies { total += length }
        return pauses.talkspurt(qualifies ? .qualifies : .tooShort(minimum: minimum))
    }
}
