/// Why something could not be done: a code, what it concerns, and one sentence that says what to do.
///
/// Each module has codes of its own, and names the error by them, as `ConversionError` and `SpeechError` do.
public struct MediaError<FailureCode>: Error, Sendable, Hashable, CustomStringConvertible
where FailureCode: Sendable & Hashable {
    /// What kind of failure it is.
    public typealias Code = FailureCode

    /// What kind of failure it is; the command-line tool maps each to an exit code.
    public let code: Code
    /// What it concerns: a file as the caller named it, with its line where there is one; a parameter; the beginning of a text.
    public let subject: String
    /// One sentence: what was found, and what to do about it.
    public let reason: String

    /// An error about something.
    public init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// The subject and the sentence, as in `hello.mp3: is empty: 0 bytes long`.
    public var description: String { "\(subject): \(reason)" }
}
