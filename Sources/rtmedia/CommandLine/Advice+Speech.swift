import SpeechSynthesis
import TelephonyAudio

extension SpeechError {
    /// Which command helps, as a clause to stand behind the sentence; nil if none does.
    var advice: String? {
        switch code {
        case .unknownVoice, .unknownLanguage: "rtmedia voices --local lists all"
        case .noWorker: "then build it with: swift build --product rtmedia-speech"
        case .text, .markup, .usage, .unavailable, .limit, .engine, .cancelled: nil
        }
    }

    /// The subject, the sentence, and which command helps.
    var advised: String { advice.map { "\(self); \($0)" } ?? "\(self)" }
}
