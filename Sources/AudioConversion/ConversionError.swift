/// Why a file could not be converted: a code, the file it concerns, and one sentence that says what to do.
public struct ConversionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is; the tool maps each to an exit code.
    public enum Code: String, Sendable, Hashable, Encodable {
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

    /// What kind of failure it is.
    public let code: Code
    /// The file concerned, as the caller named it.
    public let file: String
    /// One sentence: what was found, and what to do about it.
    public let reason: String

    /// An error about a file.
    public init(_ code: Code, file: String, _ reason: String) {
        self.code = code
        self.file = file
        self.reason = reason
    }

    /// The file and the sentence, as the tool prints them.
    public var description: String { "\(file): \(reason)" }
}
