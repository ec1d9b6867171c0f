public import TelephonyAudio

/// Why there is no recommendation, or what can't be used: a code, what it concerns, and one sentence that says what to do.
public typealias TuningError = MediaError<TuningErrorCode>

/// What kind of failure it is; the tool maps each to an exit code.
public enum TuningErrorCode: String, Sendable, Hashable {
    /// An option or parameter is out of range.
    case usage
    /// A label is wrong.
    case label
    /// A level file is damaged, or not one.
    case levels
    /// There is nothing to learn from.
    case recordings
}
