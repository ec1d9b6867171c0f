/// `play_talk_detect` as Asterisk's BackgroundDetect decides it (app_talkdetect.c), in audio time.
///
/// A frame that is silent for no longer than `silence_ms` so far counts as talk, at the beginning too. Lengths come out
/// short by `silence_ms` modulo the frame. The frame that reaches `analysistime_ms` is not analysed any more.
///
/// Of a frame only its whole milliseconds count as silence, while the time between two frames is exact until it is
/// rounded down: with frames of no whole number of milliseconds the two drift apart, as they do in Asterisk.
struct AsteriskTalkRule: DetectionRule {
    private let parameters: TalkParameters
    private let silenceLimit: Int
    /// In samples.
    private let analysisEnd: Int
    private let mediaEnd: Int

    /// Samples taken so far.
    private var position = 0
    /// Silence up to now, in milliseconds.
    private var silence = 0
    /// The end of the token's first frame in samples, negative where there is no token.
    private var tokenTime = -1
    /// Where the token's first frame begins, and the first of its frames that is not silent, in samples.
    private var tokenStart = 0
    private var onset = -1
    private(set) var verdict: Verdict?

    init(_ parameters: TalkParameters, media: Duration?) {
        self.parameters = parameters
        silenceLimit = parameters.silence.milliseconds
        analysisEnd = parameters.analysisTime.map { $0.milliseconds * 8 } ?? .max
        mediaEnd = media?.samples(.up) ?? .max
    }

    mutating func add(isSilent: Bool, sampleCount: Int) -> Token? {
        guard verdict == nil else { return nil }
        if position >= mediaEnd { return end(.audioOver) }
        let start = position
        if start + sampleCount >= analysisEnd { return end(.analysisOver(parameters.analysisTime!)) }
        position += sampleCount
        silence = isSilent ? silence + sampleCount / 8 : 0
        if silence > silenceLimit { return tokenTime >= 0 ? endToken() : nil }
        if tokenTime < 0 { (tokenTime, tokenStart, onset) = (position, start, -1) }
        if !isSilent, onset < 0 { onset = start }
        return nil
    }

    mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int {
        guard isSilent ? tokenTime < 0 && silence > silenceLimit : tokenTime >= 0 && onset >= 0 else { return 0 }
        let skipped = min(count, max(0, (min(analysisEnd, mediaEnd) - 1 - position) / sampleCount))
        position += skipped * sampleCount
        if isSilent { silence += skipped * (sampleCount / 8) }
        return skipped
    }

    mutating func finish() -> Token? {
        verdict == nil ? end(.audioOver) : nil
    }

    /// Ends the token; one that was but a pause at the beginning is not mentioned, unless drift lets it qualify.
    private mutating func endToken() -> Token? {
        defer { tokenTime = -1 }
        let length = Duration.milliseconds(max(0, (position - tokenTime) / 8 - silenceLimit))
        let token = token(length: length, parameters.outcome(length: length))
        if token.outcome == .qualifies { verdict = Verdict(.talk, at: Duration(samples: position), talk: length) }
        return onset >= 0 || verdict != nil ? token : nil
    }

    private mutating func end(_ outcome: Token.Outcome) -> Token? {
        verdict = Verdict(.noTalk, at: nil)
        guard tokenTime >= 0, onset >= 0 else { return nil }
        return token(length: Duration(samples: position - silence * 8 - tokenStart), outcome)
    }

    private func token(length: Duration, _ outcome: Token.Outcome) -> Token {
        Token(
            start: Duration(samples: tokenStart),
            length: length,
            leadingPause: Duration(samples: (onset < 0 ? position : onset) - tokenStart),
            silence: .milliseconds(silence),
            outcome: outcome
        )
    }
}
