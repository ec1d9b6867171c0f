public import TelephonyAudio

/// The local voice that speaks for a voice that was asked for.
public struct StandIn: Sendable, Hashable, CustomStringConvertible {
    /// The name that was asked for.
    public let name: String
    /// The file of the local voice, with its variant, as in `roa/fr+f2`.
    public let file: String
    /// The local voice without its variant.
    public let voice: LocalVoice
    /// Whose voice it sounds like, where that is known.
    public let sex: Sex?
    /// How much higher than usual it speaks, -12...20 of 0...99, so that two names with one variant sound different.
    public let pitchOffset: Int
    /// Whether the name that was asked for is meant as one of the platform's.
    public var isForPlatformVoice: Bool { PlatformVoice.isMeant(by: name) }

    /// What it lacks: a clause, as in "no local voice is of fr-ca"; nil if nothing.
    let shortcoming: String?

    /// A sentence that says which voice speaks, as in `roa/fr+f2 (French (France), female) stands in for TTS_FR-FR_AUDREY`.
    public var description: String {
        let pitch = pitchOffset == 0 ? "" : ", pitch \(pitchOffset > 0 ? "+" : "")\(pitchOffset)"
        let spoken = "\(file) (\(voice.name)\(sex.map { ", \($0.rawValue)" } ?? "")\(pitch))"
        guard file != name else { return "\(spoken) speaks" }
        return "\(spoken) stands in for \(name)\(shortcoming.map { "; \($0)" } ?? "")"
    }
}

extension VoiceCatalog {
    /// The local voice that speaks for a name.
    ///
    /// - Parameter name: of the platform (`TTS_FR-FR_AUDREY`), a local file with or without a variant (`roa/fr+f2`), or a
    ///   language (`fr`, `pt-BR+f3`).
    /// - Throws: `unknownVoice`, `unknownLanguage`, with what may be meant.
    public func standIn(for name: String) throws(SpeechError) -> StandIn {
        if PlatformVoice.isMeant(by: name) { return try platformStandIn(for: name) }
        let parts = name.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let variant = parts.count > 1 ? try self.variant(String(parts[1]), of: name) : nil
        let base: LocalVoice
        if let voice = voice(file: parts.first ?? "") {
            base = voice
        } else if let tag = LanguageTag(parts.first ?? "") {
            base = try speaker(of: tag, for: name)
        } else {
            throw SpeechError(
                .unknownVoice, excerpt(of: name),
                "is no voice; say TTS_FR-FR_AUDREY, a language as in pt-BR, or the file of a local voice")
        }
        return StandIn(
            name: name, file: base.file + (variant.map { "+\($0.file)" } ?? ""), voice: base,
            sex: variant.map(\.sex) ?? base.sex, pitchOffset: 0, shortcoming: nil)
    }

    private func platformStandIn(for name: String) throws(SpeechError) -> StandIn {
        guard let platform = PlatformVoice(name) else {
            throw SpeechError(.unknownVoice, excerpt(of: name), "is no voice's name; it must be as TTS_FR-FR_AUDREY is")
        }
        let base = try speaker(of: platform.language, for: name)
        let known = GivenNames.sex(of: platform.givenName)
        let choices = Self.variants.filter { choice in
            (known == nil || choice.sex == known) && variants.contains { $0.file == choice.file }
        }
        let hash = Self.hash(platform.givenName)
        let chosen = choices.isEmpty ? nil : choices[Int(hash % UInt64(choices.count))]
        let offsets = chosen?.sex == .female ? Self.womensOffsets : Self.mensOffsets
        return StandIn(
            name: name, file: base.file + (chosen.map { "+\($0.file)" } ?? ""), voice: base,
            sex: chosen?.sex ?? base.sex,
            pitchOffset: offsets[Int(hash / 64 % UInt64(offsets.count))],
            shortcoming: platform.language.isMatched(by: base)
                ? nil : "no local voice is of \(platform.language.language)-\(platform.language.region ?? "")")
    }

    /// - Throws: `unknownLanguage`, with near ones.
    private func speaker(of tag: LanguageTag, for name: String) throws(SpeechError) -> LocalVoice {
        if let voice = voice(for: tag) { return voice }
        let near = languages(near: tag)
        throw SpeechError(
            .unknownLanguage, excerpt(of: name),
            "no local voice speaks \(tag.language)\(near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))")"
        )
    }

    /// - Throws: `unknownVoice`: the engine itself would leave an unknown variant out without a word.
    private func variant(_ file: String, of name: String) throws(SpeechError) -> LocalVoice {
        if let variant = variants.first(where: { $0.file == file }) { return variant }
        let near = variants.map(\.file).filter { $0.first?.lowercased() == file.first?.lowercased() }.prefix(8)
        throw SpeechError(
            .unknownVoice, excerpt(of: name),
            "there is no variant \(excerpt(of: file))\(near.isEmpty ? "" : "; near it are \(near.joined(separator: ", "))")"
        )
    }

    /// The variants that names are spread over: plain voices that every version of the engine has.
    private static let variants: [(file: String, sex: Sex)] =
        (1...5).map { ("f\($0)", .female) } + (1...7).map { ("m\($0)", .male) }

    /// So far apart that one hears it, and not so far that a woman sounds like a man.
    private static let womensOffsets = [-4, 0, 4, 8, 12, 16, 20]
    private static let mensOffsets = [-12, -8, -4, 0, 4, 8, 12]

    /// The same for a name always: a hash, its upper bits mixed into the lower.
    private static func hash(_ name: String) -> UInt64 {
        let hash = FNV1a.hash64(name)
        return hash ^ hash >> 32
    }
}
