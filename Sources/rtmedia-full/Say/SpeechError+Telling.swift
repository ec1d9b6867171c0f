import CommandArguments
import QuickCommands
import SpeechSynthesis
import TelephonyAudio

extension SpeechErrorCode {
    /// Which command helps, as a clause to stand behind the sentence; nil if none does.
    fileprivate var advice: String? {
        switch self {
        case .unknownVoice, .unknownLanguage: "rtmedia voices --local lists all"
        case .noWorker: "then build it with: swift build --product rtmedia-speech"
        case .text, .markup, .usage, .unavailable, .inputOutput, .limit, .engine, .cancelled: nil
        }
    }
}

extension SpeechError {
    /// The same, with which command helps behind its reason.
    var advised: SpeechError { code.advice.map(followed) ?? self }
}

extension ExitStatus {
    /// The exit code for an error.
    static func code(for error: SpeechError) -> ExitCode {
        switch error.code {
        case .text, .markup, .unknownVoice, .unknownLanguage, .limit, .engine: badData
        case .usage: usage
        case .inputOutput: inputOutput
        case .unavailable, .noWorker, .cancelled: unavailable
        }
    }
}

extension FailureRecord {
    init(_ error: SpeechError) {
        self.init(file: error.subject, error: error.reason, code: error.code.group.rawValue)
    }
}
