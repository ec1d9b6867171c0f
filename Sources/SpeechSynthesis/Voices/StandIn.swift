import SpeechMarkup
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
    /// Whether that is guessed: the name is in no table, or in a script that is not read.
    public let isSexGuessed: Bool
    /// How much higher than usual it speaks, -12...20 of 0...99, so that two names with one variant sound different.
    public let pitchOffset: Int
    /// How fast it speaks where nothing else is asked for, in words per minute; nil for the usual.
    public let rate: Int?
    /// How high it speaks where nothing else is asked for, 0...99; nil for the usual.
    public let pitch: Int?
    /// Whether the name that was asked for is meant as one of the platform's.
    public var isForPlatformVoice: Bool { PlatformVoice.isMeant(by: name) }

    /// What it lacks: a clause, as in "there is no local voice for fr-ca"; nil if nothing.
    let shortcoming: String?

    /// The variant of the local voice; nil for none.
    var variant: String? { file.split(separator: "+", maxSplits: 1).dropFirst().first.map(String.init) }

    /// A sentence that says which voice speaks, as in `roa/fr+f2 (French (France), female) stands in for TTS_FR-FR_AUDREY`.
    public var description: String {
        let pitch = pitchOffset == 0 ? "" : ", pitch \(pitchOffset > 0 ? "+" : "")\(pitchOffset)"
        let spoken = "\(file) (\(voice.name)\(sex.map { ", \($0.rawValue)" } ?? "")\(pitch))"
        guard file != name else { return "\(spoken) speaks" }
        let guess = isSexGuessed ? "\(sex?.rawValue ?? "") is a guess" : nil
        let clauses = [shortcoming, guess].compactMap { $0 }.map { "; \($0)" }.joined()
        return "\(spoken) stands in for \(name.harmlessName)\(clauses)"
    }

    /// The same voice with another variant, or none, for what a text wants.
    func speaking(_ base: LocalVoice, variant: LocalVoice?) -> StandIn {
        StandIn(
            name: name, file: base.file + (variant.map { "+\($0.file)" } ?? ""), voice: base,
            sex: variant.map(\.sex) ?? base.sex, isSexGuessed: false, pitchOffset: pitchOffset, rate: rate,
            pitch: pitch,
            shortcoming: nil)
    }
}

extension String {
    /// A name from outside as it may be shown: control characters and what turns the writing direction are escaped as in JSON.
    var harmlessName: String {
        unicodeScalars.map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                UTF16.encode(scalar)!.map { "\\u" + String(0x1_0000 + Int($0), radix: 16).dropFirst() }.joined()
            default: String(scalar)
            }
        }.joined()
    }
}

extension VoiceCatalog {
    /// The local voice that speaks for a name.
    ///
    /// - Parameters:
    ///   - name: of the platform (`TTS_FR-FR_AUDREY`), a local file with or without a variant (`roa/fr+f2`), or a
    ///     language (`fr`, `pt-BR+f3`).
    ///   - book: the voices that are assigned by hand.
    /// - Throws: `unknownVoice`, `unknownLanguage`, with what may be meant.
    public func standIn(for name: String, in book: VoiceBook = VoiceBook()) throws(SpeechError) -> StandIn {
        if PlatformVoice.isMeant(by: name) { return try platformStandIn(for: name, book) }
        let entry = book[name]
        let (base, variant) = try local(entry?.voice ?? name)
        return StandIn(
            name: name, file: base.file + (variant.map { "+\($0.file)" } ?? ""), voice: base,
            sex: variant.map(\.sex) ?? base.sex, isSexGuessed: false, pitchOffset: 0, rate: entry?.rate,
            pitch: entry?.pitch, shortcoming: nil)
    }

    /// The local voice and the variant that a name of theirs, or a language, stands for.
    private func local(_ name: String) throws(SpeechError) -> (LocalVoice, variant: LocalVoice?) {
        let parts = name.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let variant = parts.count > 1 ? try self.variant(String(parts[1]), of: name) : nil
        if let voice = voice(file: parts.first ?? "") { return (voice, variant) }
        if let tag = LanguageTag(parts.first ?? "") { return (try speaker(of: tag, for: name), variant) }
        throw SpeechError(
            .unknownVoice, excerpt(of: name),
            "is not a voice; write a name such as TTS_FR-FR_AUDREY, a language such as pt-BR, or the file of a local voice"
        )
    }

    private func platformStandIn(for name: String, _ book: VoiceBook) throws(SpeechError) -> StandIn {
        guard let platform = PlatformVoice(name) else {
            throw SpeechError(
                .unknownVoice, excerpt(of: name), "is not the name of a voice; it must look like TTS_FR-FR_AUDREY")
        }
        let entry = book[name]
        var decided: (voice: LocalVoice, variant: LocalVoice?)?
        if let voice = entry?.voice { decided = try local(voice) }
        let base: LocalVoice
        if let decided { base = decided.voice } else { base = try speaker(of: platform.language, for: name) }
        let verdict = GivenNames.verdict(on: platform.givenName, language: platform.language.code)
        let sex = entry?.sex ?? verdict?.sex
        let hash = Self.hash(platform.givenName)
        let chosen = decided?.variant == nil ? book.sounds[name.uppercased()] ?? sound(sex, hash) : nil
        let variant = decided?.variant ?? chosen.flatMap { chosen in variants.first { $0.file == chosen.variant } }
        return StandIn(
            name: name, file: base.file + (variant.map { "+\($0.file)" } ?? ""), voice: base,
            sex: variant?.sex ?? entry?.sex ?? base.sex,
            isSexGuessed: entry?.sex == nil && decided?.variant == nil && verdict?.isGuess ?? true,
            pitchOffset: entry?.pitch == nil ? chosen?.pitchOffset ?? 0 : 0, rate: entry?.rate, pitch: entry?.pitch,
            shortcoming: decided != nil || platform.language.isMatched(by: base)
                ? nil : "there is no local voice for \(platform.language.language)-\(platform.language.region ?? "")")
    }

    /// The sound that is a name's own; nil if the engine has none of these variants.
    private func sound(_ sex: Sex?, _ hash: UInt64) -> VoiceBook.Sound? {
        let choices = Self.variants.filter { choice in
            (sex == nil || choice.sex == sex) && variants.contains { $0.file == choice.file }
        }
        guard !choices.isEmpty else { return nil }
        let chosen = choices[Int(hash % UInt64(choices.count))]
        let offsets = Self.offsets(chosen.sex)
        return VoiceBook.Sound(variant: chosen.file, pitchOffset: offsets[Int(hash / 64 % UInt64(offsets.count))])
    }

    /// All sounds that a sex has.
    func sounds(for sex: Sex?) -> [VoiceBook.Sound] {
        Self.variants.filter { choice in
            (sex == nil || choice.sex == sex) && variants.contains { $0.file == choice.file }
        }.flatMap { choice in
            Self.offsets(choice.sex).map { VoiceBook.Sound(variant: choice.file, pitchOffset: $0) }
        }
    }

    /// The voice that a text wants, for one that speaks.
    ///
    /// - Parameter wish: a voice that is there, a language, a sex and a variant, as far as they are wanted.
    /// - Returns: the voice; and what can't be had, a clause, if something can't.
    func standIn(
        for wish: VoiceWish, instead speaker: StandIn, _ book: VoiceBook
    ) throws(SpeechError) -> (StandIn, shortcoming: String?) {
        var chosen = speaker
        if !wish.names.isEmpty {
            var failure: SpeechError?
            var found: StandIn?
            for name in wish.names where found == nil {
                do throws(SpeechError) { found = try standIn(for: name, in: book) } catch { failure = failure ?? error }
            }
            guard let found else { throw failure! }
            chosen = found
        }
        var shortcoming: String?
        if let text = wish.language, let tag = LanguageTag(text) {
            let spoken = chosen.voice.languages.first.flatMap { LanguageTag($0.tag) }
            let isSpoken = spoken?.code == tag.code && (!wish.isRegional || tag.isMatched(by: chosen.voice))
            if !isSpoken {
                if let base = voice(for: tag) {
                    let variant = chosen.variant.flatMap { file in variants.first { $0.file == file } }
                    chosen = chosen.speaking(base, variant: variant)
                } else {
                    shortcoming = "no local voice speaks \(excerpt(of: text)); \(chosen.file) continues"
                }
            }
        }
        if wish.sex != nil || wish.variant != nil {
            let sex = wish.sex.flatMap(Sex.init) ?? chosen.sex
            let files = Self.variants.filter { $0.sex == sex }.map(\.file).filter { file in
                variants.contains { $0.file == file }
            }
            if chosen.sex != sex || wish.variant != nil, !files.isEmpty {
                let file = files[((wish.variant ?? 1) - 1) % files.count]
                chosen = chosen.speaking(chosen.voice, variant: variants.first { $0.file == file })
            }
        }
        return (chosen, shortcoming)
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

    private static func offsets(_ sex: Sex) -> [Int] { sex == .female ? womensOffsets : mensOffsets }

    /// So far apart that one hears it, and not so far that a woman sounds like a man.
    private static let womensOffsets = [-4, 0, 4, 8, 12, 16, 20]
    private static let mensOffsets = [-12, -8, -4, 0, 4, 8, 12]

    /// The same for a name always: a hash, its upper bits mixed into the lower.
    private static func hash(_ name: String) -> UInt64 {
        let hash = FNV1a.hash64(name)
        return hash ^ hash >> 32
    }
}
