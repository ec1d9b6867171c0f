public import TelephonyAudio

/// Why a file could not be converted: a code, the file it concerns, and one sentence that says what to do.
public typealias ConversionError = MediaError<ConversionErrorCode>

/// What kind of failure it is.
///
/// Some codes are special cases of others, told apart because something else helps; ``group`` leads back to the general
/// one.
public enum ConversionErrorCode: String, Sendable, Hashable {
    /// The input does not exist, is a directory, or may not be read.
    case noInput = "no_input"
    /// The content is something else than audio, such as text or a picture.
    case notAudio = "not_audio"
    /// The content is in no format that is known; if it is headerless audio, ``ConversionOptions/raw`` says what it means.
    case unknownFormat = "unknown_format"
    /// The audio is of a kind that can't be converted, such as 0 channels or a rate out of range.
    case unsupported
    /// The audio is missing, or so damaged that nothing can be recovered.
    case damaged
    /// The audio ends too early or is damaged, but a part of it can be recovered: ``ConversionOptions/acceptsPartial`` takes
    /// that for the result.
    case recoverable
    /// A program that the format needs is not installed.
    case unavailable
    /// A limit on size, duration or time was exceeded.
    case limit
    /// The result is longer than ``ConversionLimits/maximumDuration``.
    case tooLong = "too_long"
    /// The output can't be created: its folder does not exist or can't be written.
    case cannotCreate = "cannot_create"
    /// Another file has the output's name, and must not be replaced.
    case exists
    /// The output is the input, which is never overwritten.
    case isInput = "is_input"
    /// Reading or writing failed on the way: the disk is full, the device failed.
    case inputOutput = "input_output"
    /// A call's or a command line's parameters contradict each other or the input.
    case usage
    /// The resampler that was asked for can't convert the input's rate; ``ResamplerChoice/polyphase`` can.
    case resampler

    /// The general code that a special one belongs to; any other code itself.
    ///
    /// Reports are made of the general codes' raw values.
    public var group: Self {
        switch self {
        case .unknownFormat: .notAudio
        case .recoverable: .damaged
        case .tooLong: .limit
        case .exists, .isInput: .cannotCreate
        case .resampler: .usage
        case .noInput, .notAudio, .unsupported, .damaged, .unavailable, .limit, .cannotCreate, .inputOutput, .usage:
            self
        }
    }
}

extension ConversionError {
    /// An error about a file.
    public init(_ code: Code, file: String, _ reason: String) { self.init(code, file, reason) }

    /// The file concerned, as the caller named it.
    public var file: String { subject }
}
