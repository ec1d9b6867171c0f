import TelephonyAudio

/// Follows talk and the pauses after it, for the rules that wait for a pause.
struct PauseMeter: Sendable {
    /// Samples taken so far.
    private(set) var position = 0
    /// Where the talk before the pause begins and ends; both where the pause begins if it follows no talk.
    private(set) var talkStart = 0
    private(set) var talkEnd = 0
    private var isInPause = true

    /// Takes a frame.
    ///
    /// - Parameter outcome: what becomes of talk if the pause after it is over with this frame.
    /// - Returns: that talk as a talkspurt; if the pause followed no talk, a talkspurt of no length, if that qualifies.
    mutating func add(isSilent: Bool, sampleCount: Int, outcome: Talkspurt.Outcome) -> Talkspurt? {
        var talkspurt: Talkspurt?
        if isSilent {
            isInPause = true
        } else {
            if isInPause {
                let ended = self.talkspurt(outcome)
                if talkEnd > talkStart || ended.outcome.qualifies { talkspurt = ended }
                talkStart = position
            }
            isInPause = false
            talkEnd = position + sampleCount
        }
        position += sampleCount
        return talkspurt
    }

    /// Takes a frame; pauses shorter than `joining` are part of the talk around them.
    mutating func add(isSilent: Bool, sampleCount: Int, joining: Duration) {
        let isPause = isSilent && pause + sampleCount >= joining.milliseconds * 8
        if isSilent {
            isInPause = isInPause || isPause
        } else {
            if isInPause { talkStart = position }
            isInPause = false
            talkEnd = position + sampleCount
        }
        position += sampleCount
    }

    /// The silence since the talk ended, in samples.
    var pause: Int { position - talkEnd }

    /// The talk, with an outcome, as of now.
    func talkspurt(_ outcome: Talkspurt.Outcome) -> Talkspurt {
        Talkspurt(
            start: Duration(samples: talkStart),
            length: Duration(samples: talkEnd - talkStart),
            silence: Duration(samples: pause),
            outcome: outcome
        )
    }
}
