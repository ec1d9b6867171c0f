package import AudioConversion
package import TelephonyAudio

// Which options help: the libraries say what is wrong, and know nothing of the tool.

/// The options that help with conversions, of which each subcommand has some: none is advised to use what it does not have.
package struct HelpfulOptions: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let raw = HelpfulOptions(rawValue: 1 << 0)
    package static let partial = HelpfulOptions(rawValue: 1 << 1)
    /// `--max-duration`, as `convert` has it; that of `detect` is a parameter of `record`.
    package static let maximumDuration = HelpfulOptions(rawValue: 1 << 2)
    package static let level = HelpfulOptions(rawValue: 1 << 3)
    package static let force = HelpfulOptions(rawValue: 1 << 4)
    package static let output = HelpfulOptions(rawValue: 1 << 5)
    package static let resampler = HelpfulOptions(rawValue: 1 << 6)
    package static let channel = HelpfulOptions(rawValue: 1 << 7)

    package static let convert: HelpfulOptions = [
        .raw, .partial, .maximumDuration, .level, .force, .output, .resampler, .channel,
    ]
    /// The level is that of the command which mends what is found.
    package static let inspect: HelpfulOptions = [.raw, .level]
    package static let detect: HelpfulOptions = [.raw, .partial, .force, .channel]
    package static let say: HelpfulOptions = [.level, .force, .output]
    package static let call: HelpfulOptions = [.force]
    package static let tune: HelpfulOptions = [.raw, .partial, .force, .channel]
    package static let levels: HelpfulOptions = [.raw, .partial, .force, .channel]
}

extension ConversionErrorCode {
    /// Which option helps, and a clause that says so, to stand behind the sentence; nil if none does.
    fileprivate var advice: (option: HelpfulOptions, text: String)? {
        switch self {
        case .unknownFormat: (.raw, "for headerless audio say --raw FORMAT:RATE:CHANNELS")
        case .recoverable: (.partial, "--partial accepts that")
        case .tooLong: (.maximumDuration, "--max-duration accepts more")
        case .exists: (.force, "--force replaces it")
        case .isInput: (.output, "name another file with -o")
        case .resampler: (.resampler, "leave out --resampler")
        case .noInput, .notAudio, .unsupported, .damaged, .unavailable, .limit, .cannotCreate, .inputOutput, .usage: nil
        }
    }
}

extension ConversionError {
    /// The same, with which option helps behind its reason.
    ///
    /// - Parameter options: those that the user has.
    package func advised(_ options: HelpfulOptions) -> ConversionError {
        guard let advice = code.advice, options.contains(advice.option) else { return self }
        return followed(by: advice.text)
    }
}

extension ConversionReport.Warning {
    /// Which option helps, and a clause that says so, to stand behind the sentence; nil if none does.
    private var advice: (option: HelpfulOptions, text: String)? {
        switch self {
        case .assumed: (.raw, "--raw FORMAT:RATE:CHANNELS says otherwise")
        case .channelsDiffer: (.channel, "--channel left or right takes one, --channel each all of them")
        case .clamped: (.level, "--level brings it down")
        case .damaged, .endUnmarked, .silenced, .noSpeechLevel, .gainHeldBack, .onlySilence, .noiseNotTrimmed: nil
        }
    }

    /// The sentence, and which option helps.
    ///
    /// - Parameter options: those that the user has.
    package func advised(_ options: HelpfulOptions) -> String {
        guard let advice, options.contains(advice.option) else { return "\(self)" }
        return "\(self); \(advice.text)"
    }
}

extension ConversionReport {
    /// The sentences, and which options help.
    ///
    /// - Parameters:
    ///   - form: what was written.
    ///   - options: those that the user has.
    package func warnings(as form: WrittenForm, _ options: HelpfulOptions) -> [String] {
        let size = form == .wav ? nil : WrittenForm.sizeWarning(base64ByteCount: base64ByteCount)
        return warnings.map { $0.advised(options) } + (size.map { [$0] } ?? [])
    }
}

extension Inspection.Finding {
    /// The sentence, and which option helps; the options of the others stand in the command that mends them all.
    package var advised: String {
        if case .warning(let warning) = self { return warning.advised(.inspect) }
        return "\(self)"
    }

    /// The option of `convert` that mends it; nil where converting does without one, or where nothing helps.
    package var mendingOption: MendingOption? {
        switch self {
        case .offCentre: .bandLimit
        case .level, .levelOutside(.some, _), .warning(.clamped): .level
        case .silence: .trim
        case .warning(.damaged): .partial
        // What is not loud enough to have a level gets none by it.
        case .warning, .clipped, .levelOutside(nil, _): nil
        }
    }
}

/// An option of `convert` that mends what an inspection finds, in the order in which they are written.
package enum MendingOption: String, CaseIterable {
    case bandLimit = "--band-limit"
    case level = "--level"
    case trim = "--trim"
    case partial = "--partial"
}

extension MediaError {
    /// The same with a clause behind its reason.
    package func followed(by advice: String) -> MediaError { MediaError(code, subject, "\(reason); \(advice)") }
}
