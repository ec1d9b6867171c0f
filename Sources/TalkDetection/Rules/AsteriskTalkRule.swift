import TelephonyAudio

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
    /// The end of the talkspurt's first frame in samples, negative where there is no talkspurt.
    private var talkspurtTime = -1
    /// Where the talkspurt's first frame begins, and the first of its frames that is not silent, in samples.
    private var talkspurtStart = 0
    private var onset = -1
    private(set) var verdict: Verdict?

    init(_ parameters: TalkParameters, media: Duration?) {
        self.parameters = parameters
        silenceLimit = parameters.silence.milliseconds
        analysisEnd = parameters.analysisTime.map { $0.milliseconds * 8 } ?? .max
        mediaEnd = media?.samples(.up) ?? .max
    }

    mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        if position >= mediaEnd { return end(.audioOver) }
        let start = position
        if start + sampleCount >= analysisEnd { return end(.analysisOver(parameters.analysisTime!)) }
        position += sampleCount
        silence = isSilent ? silence + sampleCount / 8 : 0
        if silence > silenceLimit { return talkspurtTime >= 0 ? endTalkspurt() : nil }
        if talkspurtTime < 0 { (talkspurtTime, talkspurtStart, onset) = (position, start, -1) }
        if !isSilent, onset < 0 { onset = start }
        return nil
    }

    mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int {
        guard isSilent ? talkspurtTime < 0 && silence > silenceLimit : talkspurtTime >= 0 && onset >= 0 else {
            return 0
        }
        let skipped = min(count, max(0, (min(analysisEnd, mediaEnd) - 1 - position) / sampleCount))
        position += skipped * sampleCount
        if isSilent { silence += skipped * (sampleCount / 8) }
        return skipped
    }

    mutating func finish() -> Talkspurt? {
        verdict == nil ? end(.audioOver) : nil
    }

    /// Ends the talkspurt; one that is nothing but a pause at the beginning is not told of, unless drift lets it qualify.
    private mutating func endTalkspurt() -> Talkspurt? {
        defer { talkspurtTime = -1 }
        let length = Duration.milliseconds(max(0, (position - talkspurtTime) / 8 - silenceLimit))
        let talkspurt = talkspurt(length: length, parameters.outcome(length: length))
        if talkspurt.outcome == .qualifies { verdict = Verdict(.talk, at: Duration(samples: position), talk: length) }
        return onset >= 0 || verdict != nil ? talkspurt : nil
    }

    private mutating func end(_ outcome: Talkspurt.Outcome) -> Talkspurt? {
        verdict = Verdict(.noTalk, at: nil)
        guard talkspurtTime >= 0, onset >= 0 else { return nil }
        return talkspurt(length: Duration(samples: position - silence * 8 - talkspurtStart), outcome)
    }

    private func talkspurt(length: Duration, _ outcome: Talkspurt.Outcome) -> Talkspurt {
        Talkspurt(
            start: Duration(samples: talkspurtStart),
            length: length,
            leadingPause: Duration(samples: (onset < 0 ? position : onset) - talkspurtStart),
            silence: .milliseconds(silence),
            outcome: outcome
        )
    }
}
