import AudioConversion
import TelephonyAudio

/// The command that mends what an inspection found, as a shell takes it.
struct Remedy: CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - inspection: what was found.
    ///   - path: the file as it was named; `-` is standard input.
    ///   - raw: what the bytes were said to mean.
    ///   - level: the active speech level that is wanted; nil is the usual one.
    /// - Returns: nil if there is nothing to mend.
    init?(_ inspection: Inspection, path: String, raw: HeaderlessFormat?, level: Level? = nil) {
        let wanted = inspection.findings.compactMap(\.mendingOption)
        let isPlain = inspection.isAccepted && inspection.formatAdvice.isEmpty
        guard !isPlain || !wanted.isEmpty else { return nil }
        let options = MendingOption.allCases.filter(wanted.contains).map { option in
            option == .level
                ? "\(option.rawValue) \(Self.text(level ?? PromptProcessing.customaryLevel))" : option.rawValue
        }
        let name = path == "-" ? path : ShellWord.quoted(path)
        let headerless = raw.map { ["--raw", $0.description] } ?? []
        description = (["rtmedia convert", name] + headerless + options).joined(separator: " ")
    }

    /// As an option takes it: whole numbers without a fraction.
    private static func text(_ level: Level) -> String {
        level.dBov == level.dBov.rounded() ? "\(Int(level.dBov))" : "\(level.dBov)"
    }
}
