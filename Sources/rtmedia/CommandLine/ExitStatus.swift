import ArgumentParser
import AudioConversion
import CallSimulation
import SpeechSynthesis
import TelephonyAudio
import ThresholdTuning

/// Exit codes, those of sysexits.h, and that of a test that fails.
enum ExitStatus {
    /// What came is not what was expected; nothing went wrong in the tool itself.
    static let different = ExitCode(1)
    static let usage = ExitCode(64)
    static let badData = ExitCode(65)
    static let noInput = ExitCode(66)
    static let unavailable = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let inputOutput = ExitCode(74)
    static let configuration = ExitCode(78)

    /// What a shell says of a program that SIGINT ended.
    static let interrupted = ExitCode(130)

    /// The exit code for an error.
    static func code(for error: ConversionError) -> ExitCode {
        switch error.code {
        case .noInput: noInput
        case .notAudio, .unknownFormat, .unsupported, .damaged, .recoverable, .limit, .tooLong: badData
        case .unavailable: unavailable
        case .cannotCreate, .exists, .isInput: cannotCreate
        case .inputOutput: inputOutput
        case .usage, .resampler: usage
        }
    }

    /// The exit code for an error.
    static func code(for error: SpeechError) -> ExitCode {
        switch error.code {
        case .text, .markup, .unknownVoice, .unknownLanguage, .limit, .engine: badData
        case .usage: usage
        case .unavailable, .noWorker, .cancelled: unavailable
        }
    }

    /// The exit code for an error.
    static func code(for error: SimulationError) -> ExitCode {
        switch error.code {
        case .address, .pattern: usage
        case .sound, .voice, .certificate: badData
        case .noInput: noInput
        case .unavailable, .cancelled: unavailable
        }
    }

    /// The exit code for an error.
    static func code(for error: TuningError) -> ExitCode {
        switch error.code {
        case .falseTalkPrice, .missedPrice, .secondPrice, .thresholds: usage
        case .label, .unlabelled, .unknownName, .unknownFolder, .levels, .recordings: badData
        }
    }

    /// The exit code for a handler that nobody answers for, having told so.
    static func unreachable(_ refusal: Refusal) -> ExitCode {
        Console.note(lines: "rtmedia: \(refusal)")
        return unavailable
    }
}
