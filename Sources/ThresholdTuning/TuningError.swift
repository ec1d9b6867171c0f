public import TelephonyAudio

/// Why there is no recommendation, or what can't be used: a code, what it concerns, and one sentence that says what is wrong.
public typealias TuningError = MediaError<TuningErrorCode>

/// What kind of failure it is; the tool maps each to an exit code, and to the option that helps.
public enum TuningErrorCode: String, Sendable, Hashable {
    /// The price of a false talk is out of range.
    case falseTalkPrice
    /// The price of a missed talk is out of range.
    case missedPrice
    /// The price of a second is out of range.
    case secondPrice
    /// There are no thresholds, too many, or one of them twice.
    case thresholds
    /// The prompt is too short to hear anything.
    case media
    /// A label can't be understood, contradicts another, or is of no recording or of several.
    case label
    /// A recording has no label.
    case unlabelled
    /// Whether the name of a label means talk is not known.
    case unknownName
    /// Whether the name of a folder means talk is not known.
    case unknownFolder
    /// A level file is damaged, or not one.
    case levels
    /// There is nothing to learn from.
    case recordings
}
