import CallSimulation
import CommandArguments
import QuickCommands
import TelephonyAudio
import ThresholdTuning

extension ExitStatus {
    /// The exit code for an error.
    static func code(for error: SimulationError) -> ExitCode {
        switch error.code {
        case .address: usage
        case .sound, .voice, .certificate, .pattern: badData
        case .noInput: noInput
        case .unavailable, .cancelled: unavailable
        }
    }

    /// The exit code for an error.
    static func code(for error: TuningError) -> ExitCode {
        switch error.code {
        case .falseTalkPrice, .missedPrice, .secondPrice, .thresholds, .media: usage
        case .label, .unlabelled, .unknownName, .unknownFolder, .levels, .recordings: badData
        }
    }

    /// The exit code for a handler that nobody answers for, having told so.
    static func unreachable(_ refusal: Refusal) -> ExitCode {
        Console.note(lines: "rtmedia: \(refusal)")
        return unavailable
    }
}
