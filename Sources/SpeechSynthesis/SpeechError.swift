/// Why a text could not be spoken: a code, what it concerns, and one sentence that says what to do.
public struct SpeechError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; the tool maps each to an exit code.
    public enum Code: String, Sendable, Hashable, Encodable {
        /// The text is empty, is no UTF-8, holds control characters, or holds nothing that can be spoken.
        case text
        /// The SSML is not well-formed.
        case markup
        /// There is no such voice, or what names it is no voice's name.
        case unknownVoice = "unknown_voice"
        /// No local voice speaks the language.
        case unknownLanguage = "unknown_language"
        /// The rate or the pitch is out of range.
        case usage
        /// The speech engine, its data or the worker is not installed, or can't be started.
        case unavailable
        /// The text, the audio or the time to make it is longer than is accepted.
        case limit
        /// The engine crashed or failed on this text; other texts are not concerned.
        case engine
        /// The task that asked was cancelled.
        case cancelled
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is concerned: the beginning of the text, the name of a voice, or a program.
    public let subject: String
    /// One sentence: what was found, and what to do about it.
    public let reason: String

    /// An error about something.
    public init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// What is concerned and the sentence, as the tool prints them.
    public var description: String { "\(subject): \(reason)" }
}
