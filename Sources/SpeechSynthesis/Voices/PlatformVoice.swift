/// A voice as the platform names it: `TTS_<language>-<region>_<name>`, or, in older code, `NUANCE_<language>_<name>`.
struct PlatformVoice: Sendable, Hashable {
    let language: LanguageTag
    /// The given name, in capitals, as in `AUDREY`, without what tells models of one voice apart.
    let givenName: String

    /// Whether a text is meant as a platform's name, be it right or not.
    static func isMeant(by text: String) -> Bool {
        ["TTS_", "NUANCE_"].contains { text.uppercased().hasPrefix($0) }
    }

    /// Reads a name; nil if it has not that form.
    init?(_ text: String) {
        var parts = text.split(separator: "_", omittingEmptySubsequences: false).dropFirst()
        guard Self.isMeant(by: text), let first = parts.popFirst() else { return nil }
        var tag = String(first)
        // As in TTS_fr_FR_AUDREY.
        if parts.count > 1, let region = parts.first, Self.isRegion(region) {
            tag += "-\(region)"
            parts.removeFirst()
        }
        guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty }), let language = LanguageTag(tag) else { return nil }
        self.language = language
        var names = parts.joined(separator: "_").uppercased().split { $0 == "-" || $0 == "_" }
        while names.count > 1, let last = names.last, Self.models.contains(String(last)) { names.removeLast() }
        guard !names.isEmpty else { return nil }
        givenName = names.joined(separator: "-")
    }

    private static func isRegion(_ text: Substring) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
            || text.utf8.count == 3 && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    /// What makers put behind the name of a voice for its models.
    private static let models: Set<String> = [
        "ML", "MML", "HQ", "LQ", "HD", "PREMIUM", "XPREMIUM", "ENHANCED", "NEURAL", "NEURAL2", "WAVENET", "STUDIO",
        "COMPACT", "STANDARD", "NATURAL", "GENERATIVE", "EXPRESSIVE", "MULTILINGUAL", "EMBEDDED", "HIGH", "MEDIUM",
        "LOW", "8K", "16K", "22K", "8KHZ", "16KHZ", "22KHZ", "V1", "V2", "V3",
    ]
}
