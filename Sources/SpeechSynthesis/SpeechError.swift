public import TelephonyAudio

/// Why a text could not be spoken: a code, what it concerns, and one sentence that says what to do.
public typealias SpeechError = MediaError<SpeechErrorCode>

/// What kind of failure it is; the tool maps each to an exit code.
public enum SpeechErrorCode: String, Sendable, Hashable, Encodable {
    /// The text is empty, is not UTF-8, has control characters, or has nothing that can be spoken.
    case text
    /// The SSML is not well-formed.
    case markup
    /// There is no such voice, or the text is not the name of a voice.
    case unknownVoice = "unknown_voice"
    /// No local voice speaks the language.
    case unknownLanguage = "unknown_language"
    /// The rate or the pitch is out of range.
    case usage
    /// The speech engine, its data or the worker is missing, or can't be started.
    case unavailable
    /// There is no worker; a special case of ``unavailable``, because building it helps.
    case noWorker = "no_worker"
    /// A temporary file can't be made or written.
    case inputOutput = "input_output"
    /// The text, the audio or the time to make it is longer than is accepted.
    case limit
    /// The engine crashed or failed on this text; other texts are not affected.
    case engine
    /// The task that asked was cancelled.
    case cancelled

    /// The general code that a special one belongs to; any other code itself.
    public var group: Self { self == .noWorker ? .unavailable : self }
}
