import TelephonyAudio

/// `play_talk_detect` by the words of the platform's page.
///
/// A period of non-silence lasts from its first to its last frame that is not silent, across silences shorter than
/// `silence_ms`. Talk is decided at the instant at which the silence after it has lasted so long, which may be within a
/// frame, and must not be after `analysistime_ms` or the end of the media.
struct DocumentedTalkRule: DetectionRule {
    private let parameters: TalkParameters
    /// All in samples.
    private let silenceWanted: Int
    private let analysisEnd: Int
    private let mediaEnd: Int

    private var position = 0
    /// Where the period begins, negative where there is none.
    private var start = -1
    /// Where its last frame that is not silent ends.
    private var talkEnd = 0
    private(set) var verdict: Verdict?

    init(_ parameters: TalkParameters, media: Duration?) {
        self.parameters = parameters
        silenceWanted = parameters.silence.milliseconds * 8
        analysisEnd = parameters.analysisTime.map { $0.milliseconds * 8 } ?? .max
        mediaEnd = media?.samples(.down) ?? .max
    }

    mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        if position >= min(analysisEnd, mediaEnd) { return end() }
        let frameStart = position
        position += sampleCount
        guard isSilent else {
            if start < 0 { start = frameStart }
            talkEnd = position
            return nil
        }
        guard start >= 0, position - talkEnd >= silenceWanted else { return nil }
        let instant = talkEnd + silenceWanted
        return instant > min(analysisEnd, mediaEnd) ? end() : endPeriod(at: instant)
    }

    mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int {
        guard isSilent == (start < 0) else { return 0 }
        let skipped = min(count, max(0, (min(analysisEnd, mediaEnd) - 1 - position) / sampleCount))
        position += skipped * sampleCount
        if !isSilent { talkEnd = position }
        return skipped
    }

    mutating func finish() -> Talkspurt? {
        verdict == nil ? end() : nil
    }

    private mutating func endPeriod(at instant: Int) -> Talkspurt {
        let length = Duration(samples: talkEnd - start)
        let talkspurt = talkspurt(silence: silenceWanted, parameters.outcome(length: length))
        start = -1
        if talkspurt.outcome == .qualifies { verdict = Verdict(.talk, at: Duration(samples: instant), talk: length) }
        return talkspurt
    }

    private mutating func end() -> Talkspurt? {
        verdict = Verdict(.noTalk, at: nil)
        guard start >= 0 else { return nil }
        let isAnalysisOver = position >= analysisEnd && analysisEnd <= mediaEnd
        return talkspurt(
            silence: min(position, analysisEnd, mediaEnd) - talkEnd,
            isAnalysisOver ? .analysisOver(parameters.analysisTime!) : .audioOver
        )
    }

    private func talkspurt(silence: Int, _ outcome: Talkspurt.Outcome) -> Talkspurt {
        Talkspurt(
            start: Duration(samples: start),
            length: Duration(samples: talkEnd - start),
            silence: Duration(samples: max(0, silence)),
            outcome: outcome
        )
    }
}
