import AudioConversion
import TelephonyAudio

// Which options help: the libraries say what is wrong, and know nothing of the tool.

extension ConversionError {
    /// Which option helps, as a clause to stand behind the sentence; nil if none does.
    var advice: String? {
        switch code {
        case .unknownFormat: "for headerless audio say --raw FORMAT:RATE:CHANNELS"
        case .recoverable: "--partial accepts that"
        case .tooLong: "--max-duration accepts more"
        case .exists: "--force replaces it"
        case .isInput: "name another file with -o"
        case .resampler: "leave out --resampler"
        case .noInput, .notAudio, .unsupported, .damaged, .unavailable, .limit, .cannotCreate, .inputOutput, .usage: nil
        }
    }

    /// The subject, the sentence, and which option helps.
    var advised: String { "\(self)".followed(by: advice) }
}

extension ConversionReport.Warning {
    /// Which option helps, as a clause to stand behind the sentence; nil if none does.
    var advice: String? {
        switch self {
        case .assumed: "--raw FORMAT:RATE:CHANNELS says otherwise"
        case .clamped: "--level brings it down"
        case .damaged, .silenced, .noSpeechLevel, .gainHeldBack, .onlySilence, .noiseNotTrimmed, .largePayload: nil
        }
    }

    /// The sentence, and which option helps.
    var advised: String { "\(self)".followed(by: advice) }
}

extension Inspection.Finding {
    /// The sentence, and which option helps; the options of the others stand in the command that mends them all.
    var advised: String {
        if case .warning(let warning) = self { return warning.advised }
        return "\(self)"
    }

    /// The option of `convert` that mends it; nil where converting does without one, or where nothing helps.
    var mendingOption: MendingOption? {
        switch self {
        case .offCentre: .bandLimit
        case .level, .warning(.clamped): .level
        case .silence: .trim
        case .warning(.damaged): .partial
        case .warning, .clipped: nil
        }
    }
}

/// An option of `convert` that mends what an inspection finds, in the order in which they are written.
enum MendingOption: String, CaseIterable {
    case bandLimit = "--band-limit"
    case level = "--level -26"
    case trim = "--trim"
    case partial = "--partial"
}

extension MediaError {
    /// Of errors that have no table, there is nothing to advise.
    var advice: String? { nil }
}

extension String {
    /// The sentence, and behind a semicolon what helps.
    func followed(by advice: String?) -> String { advice.map { "\(self); \($0)" } ?? self }
}
