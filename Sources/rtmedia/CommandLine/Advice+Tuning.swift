import TelephonyAudio
import ThresholdTuning

extension TuningError {
    /// What helps, by the tool's own names; nil if the reason says it all.
    var advice: String? {
        switch code {
        case .falseTalkPrice: "--cost-false-talk sets it"
        case .missedPrice: "--cost-missed sets it"
        case .secondPrice: "--cost-second sets it"
        case .thresholds: "--thresholds names them"
        case .unlabelled: "--labels names a file of them"
        case .unknownName: "--talk says which names mean talk"
        case .unknownFolder: "--talk says which names mean talk, --labels names a file"
        case .levels: "write it anew with rtmedia levels"
        case .label, .recordings: nil
        }
    }

    /// The same with the advice behind its reason.
    var advised: TuningError { TuningError(code, subject, reason + (advice.map { "; \($0)" } ?? "")) }
}
