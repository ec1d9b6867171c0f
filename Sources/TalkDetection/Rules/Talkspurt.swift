/// A period of non-silence, the silence that followed, and why it did or did not qualify.
///
/// ITU-T P.59 (1993) calls talk between two pauses a talkspurt; Asterisk's log of BackgroundDetect calls it a token.
public struct Talkspurt: Sendable, Hashable {
    /// Why a talkspurt did or did not qualify; parameters are those of the command.
    public enum Outcome: Sendable, Hashable {
        /// It did.
        case qualifies
        /// It was not longer than `min_ms`.
        case tooShort(minimum: Duration)
        /// It was not shorter than `max_ms`.
        case tooLong(maximum: Duration)
        /// As much silence followed as one iteration wants; it was the last of so many that are wanted.
        case silent(iteration: Int, of: Int, wanted: Duration)
        /// No packet came for as long as one iteration wants, which counts as silence; the last of so many that are wanted.
        case noPacket(iteration: Int, of: Int, wanted: Duration)
        /// Less silence followed than is wanted.
        case tooLittleSilence(wanted: Duration)
        /// No more silence followed than a limit that has to be passed.
        case noMoreSilence(than: Duration)
        /// Silence is not listened for.
        case silenceIgnored
        /// The decision fell while it lasted or in the silence after it.
        case decided
        /// The analysis time was over before enough silence had followed.
        case analysisOver(Duration)
        /// The media or the recording ended before enough silence had followed.
        case audioOver
    }

    /// Where it begins, from the beginning of the audio.
    public let start: Duration
    /// How long it lasted, as the rules measure it.
    public let length: Duration
    /// Silence at its beginning that the rules counted as part of it.
    public var leadingPause = Duration.zero
    /// The silence that followed, until something was decided.
    public let silence: Duration
    /// Why it did or did not qualify.
    public let outcome: Outcome
}

extension Talkspurt.Outcome {
    /// Whether the talkspurt is one that the command was waiting for.
    public var qualifies: Bool {
        switch self {
        case .qualifies, .silent, .noPacket: true
        default: false
        }
    }
}

extension Talkspurt: CustomStringConvertible {
    /// A sentence, as in `talkspurt of 300 ms at 1.24 s: not longer than min_ms 500`.
    public var description: String {
        let counted = "; \(leadingPause.inMilliseconds) of leading pause were counted, as Asterisk does"
        let pause = leadingPause > .zero ? counted : ""
        guard length > .zero else { return "silence of \(silence.inMilliseconds) from the beginning: \(outcome)" }
        return "talkspurt of \(length.inMilliseconds) at \(start.inSeconds): \(outcome)\(tooShortSilence)\(pause)"
    }
}

extension Talkspurt {
    /// How much silence followed, where that was too little.
    private var tooShortSilence: String {
        switch outcome {
        case .tooLittleSilence, .noMoreSilence: ", but \(silence.inMilliseconds)"
        default: ""
        }
    }
}

extension Talkspurt.Outcome: CustomStringConvertible {
    /// A clause, as in `not longer than min_ms 500`.
    public var description: String {
        switch self {
        case .qualifies: "qualifies"
        case .tooShort(let minimum): "not longer than min_ms \(minimum.milliseconds)"
        case .tooLong(let maximum): "not shorter than max_ms \(maximum.milliseconds)"
        case .silent(let iteration, let count, let wanted):
            "\(wanted.inMilliseconds) of silence followed" + (count > 1 ? ": silence \(iteration) of \(count)" : "")
        case .noPacket(let iteration, let count, let wanted):
            "no packet came for \(wanted.inMilliseconds), which counts as silence"
                + (count > 1 ? " \(iteration) of \(count)" : "")
        case .noMoreSilence(let limit): "not more than \(limit.inMilliseconds) of silence followed"
        case .silenceIgnored: "silence does not end it"
        case .decided: "the decision fell here"
        case .tooLittleSilence(let wanted): "less than \(wanted.inMilliseconds) of silence followed"
        case .analysisOver(let time):
            "the analysis time of \(time.inMilliseconds) was over before enough silence had followed"
        case .audioOver: "the audio ended before enough silence had followed"
        }
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    package var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }

    /// As in `300 ms`.
    package var inMilliseconds: String { "\(milliseconds) ms" }

    /// As in `1.24 s`, or `1.245 s` where it is no whole number of hundredths.
    package var inSeconds: String {
        let (seconds, fraction) = (milliseconds / 1000, "\(milliseconds % 1000 + 1000)".dropFirst())
        return "\(seconds).\(fraction.hasSuffix("0") ? fraction.dropLast() : fraction) s"
    }
}
