/// A language, and perhaps a region, as in `fr-CA` (BCP 47).
struct LanguageTag: Sendable, Hashable {
    /// The language in lower case, as in `fr`.
    let language: String
    /// What follows it, in lower case, as in `ca`.
    let region: String?

    /// Reads a tag, with hyphens or underscores; nil if it has no letters, or others than letters and digits.
    init?(_ text: some StringProtocol) {
        let parts = text.lowercased().split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
        guard let first = parts.first, (2...16).contains(first.utf8.count),
            first.utf8.allSatisfy({ (97...122).contains($0) }),
            parts.dropFirst().allSatisfy({ part in
                (1...16).contains(part.utf8.count)
                    && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            })
        else { return nil }
        language = String(first)
        region = parts.count > 1 ? parts.dropFirst().joined(separator: "-") : nil
    }

    /// The tags by which a voice is looked for, best first.
    var candidates: [String] {
        let plain = Self.sameLanguages[language] ?? language
        let regional = region.map { region -> [String] in
            let country = region.split(separator: "-").last.map(String.init) ?? region
            let near = Self.nearRegions["\(plain)-\(country)"].map { [$0] } ?? []
            return ["\(language)-\(region)", "\(plain)-\(region)", "\(plain)-\(country)"] + near
        }
        return (regional ?? []) + [language, plain]
    }

    /// Whether a voice's tag is this one in full, or there is no region to tell apart.
    func isMatched(by voice: LocalVoice) -> Bool {
        guard let region else { return true }
        return voice.languages.contains { $0.tag == "\(language)-\(region)" } || !voice.hasRegion
    }

    /// Codes for what is one language to the engine (ISO 639's withdrawn codes, and macrolanguages).
    private static let sameLanguages = [
        "no": "nb", "nn": "nb", "iw": "he", "in": "id", "mo": "ro", "chi": "zh", "zho": "zh", "hbs": "hr", "sh": "hr",
    ]

    /// Regions that speak like another one, for which there may be a voice.
    private static let nearRegions: [String: String] = {
        var regions = ["zh-hk": "yue", "zh-mo": "yue", "en-sc": "en-gb-scotland"]
        for region in ["ca", "ph", "pr"] { regions["en-\(region)"] = "en-us" }
        for region in ["ag", "bb", "bs", "jm", "tt"] { regions["en-\(region)"] = "en-029" }
        let latin = "ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve"
        for region in latin.split(separator: " ") { regions["es-\(region)"] = "es-419" }
        return regions
    }()
}

extension LocalVoice {
    /// Whether its language has voices for regions at all.
    fileprivate var hasRegion: Bool { languages.contains { $0.tag.contains("-") } }
}
