package import TalkDetection
import TelephonyAudio

extension Classifier {
    /// A classifier as people write it: a mean magnitude, a level in dBov, or `adaptive`.
    ///
    /// - Throws: an error about the threshold that says how it is written.
    package init(text: String) throws(DetectionSettingError) {
        let lower = text.lowercased()
        if lower == "adaptive" {
            self = .adaptive
        } else if let number = Int(text), let magnitude = MeanMagnitude(rawValue: number) {
            self = .threshold(magnitude)
        } else if lower.hasSuffix("dbov"), let dBov = Double(text.dropLast(4)), (-100...0).contains(dBov),
            let magnitude = MeanMagnitude(Level(dBov: dBov))
        {
            self = .threshold(magnitude)
        } else if let number = Double(text), (-100..<0).contains(number) {
            throw DetectionSettingError(
                DetectionSetting.threshold.name,
                "is below every mean magnitude; a level of \(text) dBov is written \(text)dBov")
        } else {
            throw DetectionSettingError(
                DetectionSetting.threshold.name,
                "must be a mean magnitude in 0...32768, a level in -100...0 dBov, as in -36dBov, or adaptive")
        }
    }

    /// As it is written for ``init(text:)``.
    package var text: String {
        switch self {
        case .threshold(let magnitude): "\(magnitude.rawValue)"
        case .adaptive: "adaptive"
        }
    }
}
