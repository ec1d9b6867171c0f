public import TelephonyAudio

/// Why a file could not be converted: a code, the file it concerns, and one sentence that says what to do.
public typealias ConversionError = MediaError<ConversionErrorCode>

/// What kind of failure it is; the tool maps each to an exit code.
public enum ConversionErrorCode: String, Sendable, Hashable, Encodable {
    /// The input does not exist, is a directory, or may not be read.
    case noInput = "no_input"
    /// The content is no audio that rtmedia knows.
    case notAudio = "not_audio"
    /// The audio is of a kind that can't be converted, such as 0 channels or a rate out of range.
    case unsupported
    /// The audio is missing, ends too early or is damaged; `--partial` accepts what was recovered.
    case damaged
    /// A program that the format needs is not installed.
    case unavailable
    /// A limit on size, duration or time was exceeded.
    case limit
    /// The output exists, is the input, or its folder can't be written.
    case cannotCreate = "cannot_create"
    /// Reading or writing failed on the way: the disk is full, the device failed.
    case inputOutput = "input_output"
    /// A call's or a command line's parameters contradict each other or the input.
    case usage
}

extension ConversionError {
    /// An error about a file.
    public init(_ code: Code, file: String, _ reason: String) { self.init(code, file, reason) }

    /// The file concerned, as the caller named it.
    public var file: String { subject }
}
