package import AudioConversion
package import CommandArguments
import TelephonyAudio

/// Exit codes, those of sysexits.h, and that of a test that fails.
package enum ExitStatus {
    /// What came is not what was expected; nothing went wrong in the tool itself.
    package static let different = ExitCode(1)
    package static let usage = ExitCode(64)
    package static let badData = ExitCode(65)
    package static let noInput = ExitCode(66)
    package static let unavailable = ExitCode(69)
    package static let system = ExitCode(71)
    package static let cannotCreate = ExitCode(73)
    package static let inputOutput = ExitCode(74)
    package static let configuration = ExitCode(78)

    /// What a shell says of a program that SIGINT ended.
    package static let interrupted = ExitCode(130)

    /// The exit code for an error.
    package static func code(for error: ConversionError) -> ExitCode {
        switch error.code {
        case .noInput: noInput
        case .notAudio, .unknownFormat, .unsupported, .damaged, .recoverable, .limit, .tooLong: badData
        case .unavailable: unavailable
        case .cannotCreate, .exists, .isInput: cannotCreate
        case .inputOutput: inputOutput
        case .usage, .resampler: usage
        }
    }
}
