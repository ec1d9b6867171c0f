import QuickCommands
import TelephonyAudio
import ThresholdTuning

extension TuningErrorCode {
    /// Which option or command helps, as a clause to stand behind the sentence; nil if none does.
    fileprivate var advice: String? {
        switch self {
        case .falseTalkPrice: "--cost-false-talk sets it"
        case .missedPrice: "--cost-missed sets it"
        case .secondPrice: "--cost-second sets it"
        case .thresholds: "--thresholds names them"
        case .unlabelled: "--labels names a file of them"
        case .unknownName: "--talk says which names mean talk"
        case .unknownFolder: "--talk says which names mean talk, --labels names a file"
        case .levels: "write it anew with rtmedia levels"
        case .label, .recordings, .media: nil
        }
    }
}

extension TuningError {
    /// The same, with which option or command helps behind its reason.
    var advised: TuningError { code.advice.map(followed) ?? self }
}
