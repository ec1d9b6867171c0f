/// A voice as the platform names it: `TTS_<language>-<region>_<name>`, or, in older code, `NUANCE_<language>_<name>`.
struct PlatformVoice: Sendable, Hashable {
    let language: LanguageTag
    /// The given name, in capitals, as in `AUDREY`.
    let givenName: String

    /// Whether a text is meant as a platform's name, be it right or not.
    static func isMeant(by text: String) -> Bool {
        ["TTS_", "NUANCE_"].contains { text.uppercased().hasPrefix($0) }
    }

    /// Reads a name; nil if it has not that form.
    init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false)
        guard Self.isMeant(by: text), parts.count == 3, !parts[2].isEmpty, let language = LanguageTag(parts[1]) else {
            return nil
        }
        self.language = language
        givenName = parts[2].uppercased()
    }
}
