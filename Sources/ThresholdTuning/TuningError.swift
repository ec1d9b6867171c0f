/// Why there is no recommendation, or what can't be used: a code, what it concerns, and one sentence that says what to do.
public struct TuningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; the tool maps each to an exit code.
    public enum Code: String, Sendable, Hashable {
        /// An option or parameter is out of range.
        case usage
        /// A label is wrong.
        case label
        /// A level file is damaged, or not one.
        case levels
        /// There is nothing to learn from.
        case recordings
    }

    /// What kind of failure it is.
    public let code: Code
    /// What it concerns: a file, with its line where there is one, or an option.
    public let subject: String
    /// One sentence: what was found, and what to do about it.
    public let reason: String

    /// An error about something.
    public init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// The subject and the sentence, as the tool prints them.
    public var description: String { "\(subject): \(reason)" }
}
