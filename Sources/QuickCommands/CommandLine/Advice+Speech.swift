package import SpeechSynthesis
package import TelephonyAudio

extension SpeechErrorCode {
    /// Which command helps, as a clause to stand behind the sentence; nil if none does.
    fileprivate var advice: String? {
        switch self {
        case .unknownVoice, .unknownLanguage: "rtmedia voices --local lists all"
        case .noWorker: "then build it with: swift build --product rtmedia-speech"
        case .text, .markup, .usage, .unavailable, .limit, .engine, .cancelled: nil
        }
    }
}

extension SpeechError {
    /// The same, with which command helps behind its reason.
    package var advised: SpeechError { code.advice.map(followed) ?? self }
}
