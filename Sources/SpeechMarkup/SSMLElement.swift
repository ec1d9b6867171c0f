/// An element of a markup, as far as it can be spoken.
package struct SSMLElement: Sendable, Hashable {
    /// What it does to the text in it.
    package enum Effect: Sendable, Hashable {
        /// None of its own.
        case none
        /// None; words before and after it are apart.
        case apart
        /// The text in it is not spoken.
        case silent
        /// Another text is spoken instead.
        case alias(String)
        /// Sounds are spoken instead, in the engine's own letters.
        case phonemes(String)
        case prosody(Prosody)
        case emphasis(String)
        /// Digits are spoken one by one.
        case digits
        /// Letters are.
        case characters
        /// A pause before and after it, unless there is another one.
        case boundary(Duration)
        /// A pause in its place.
        case pause(Duration)
    }

    /// What it does.
    package let effect: Effect
    /// Who speaks what is in it; nil for whoever spoke before.
    package let wish: VoiceWish?
    /// What it holds, in order.
    package private(set) var children: [SSML.Node] = []

    mutating func add(_ node: SSML.Node) {
        if case .text(let text) = node { children.add(text) } else { children.append(node) }
    }

    /// How long the pause is that it asks for.
    var pause: Duration {
        if case .pause(let pause) = effect { pause } else { .zero }
    }

    /// Understands a start tag, by ``SSML/table``.
    ///
    /// - Throws: what is refused: what reads files, and values that no element has.
    init(
        _ name: String, _ attributes: [XMLReader.Attribute], at place: Int, in reader: XMLReader,
        _ warnings: inout [MarkupFinding]
    ) throws(MarkupFinding) {
        // As HTML's, in capitals too.
        let plain = name.lowercased()
        let local = String(plain.split(separator: ":").last ?? "")
        if let row = SSML.rows[local]?[nil], row.handling == .refused {
            throw reader.finding("<\(name)> \(row.meaning); take it out", at: place)
        }
        let rows = SSML.rows[plain] ?? [:]
        let ofHTML = Self.ofHTML[plain]
        var values: [String: String] = [:]
        let isWithoutEffect = rows[nil]?.handling == .warned || rows[nil] == nil && ofHTML == nil
        if isWithoutEffect {
            warnings.append(reader.finding("<\(name)> has no effect; what is in it is spoken", at: place))
        }
        for attribute in attributes where !isWithoutEffect && !Self.isSilent(attribute.name) {
            let text = attribute.value.trimmed
            func warn(_ what: String) {
                warnings.append(reader.finding("\(what) of <\(name)> has no effect", at: attribute.place))
            }
            guard let row = rows[attribute.name], row.handling != .warned else {
                if ofHTML == nil { warn(attribute.name) }
                continue
            }
            guard let value = row.value else {
                values[attribute.name] = attribute.value
                continue
            }
            let quoted = "\(attribute.name)=\"\(attribute.value)\""
            if value.accepts(text) {
                values[attribute.name] = text
                if SSMLValue.isHertz(text) { warn(quoted) }
            } else if value.isOpen {
                warn(quoted)
            } else {
                throw reader.finding("\(quoted) of <\(name)> must be \(value.name)", at: attribute.place)
            }
        }
        switch plain {
        case "sub" where values["alias"] == nil:
            throw reader.finding("<sub> has no alias, which is what it is for", at: place)
        case "phoneme" where values["alphabet"] != nil && !PhonemeText.isPlain(values["ph"] ?? ""):
            throw reader.finding("ph of <phoneme> must be \(PhonemeText.name)", at: place)
        case "phoneme" where values["alphabet"] == nil && !attributes.contains { $0.name == "alphabet" }:
            warnings.append(reader.finding("ph of <phoneme> has no effect without alphabet=\"x-espeak-ng\"", at: place))
        default: break
        }
        effect = Self.effect(plain, values) ?? rows[nil]?.effect ?? ofHTML ?? .apart
        wish = VoiceWish(plain, values, reader.finding("", at: place))
    }

    /// What attributes make an element do; nil if they say nothing.
    private static func effect(_ name: String, _ values: [String: String]) -> Effect? {
        switch name {
        case "sub": return values["alias"].map(Effect.alias)
        case "phoneme": return values["alphabet"] == nil ? nil : values["ph"].map(Effect.phonemes)
        case "emphasis": return values["level"].map(Effect.emphasis)
        case "say-as":
            switch values["interpret-as"] {
            case "digits", "telephone": return .digits
            case "characters", "spell-out": return .characters
            default: return nil
            }
        case "break":
            let strength = values["strength"].flatMap { SSML.strengths[$0] }
            return (values["time"].flatMap(SSMLValue.time) ?? strength).map(Effect.pause)
        case "prosody":
            var prosody = Prosody.unchanged
            prosody.rate = values["rate"].flatMap(SSMLValue.rate) ?? 1
            prosody.pitch = values["pitch"].flatMap(SSMLValue.pitch) ?? 1
            prosody.range = values["range"].flatMap(SSMLValue.range) ?? 1
            prosody.volume = values["volume"].flatMap(SSMLValue.volume) ?? 1
            return .prosody(prosody)
        default: return nil
        }
    }

    /// Whether an attribute needs no warning: what says what a document is, or names an element.
    private static func isSilent(_ name: String) -> Bool {
        name.hasPrefix("xmlns") || name.hasPrefix("xsi:") || name == "xml:id"
    }

    /// Elements of HTML, which people mean when they write them.
    private static let ofHTML: [String: Effect] = [
        "h1": .boundary(SSML.paragraphPause), "h2": .boundary(SSML.paragraphPause),
        "h3": .boundary(SSML.paragraphPause), "h4": .boundary(SSML.paragraphPause),
        "hr": .boundary(SSML.paragraphPause), "br": .boundary(SSML.sentencePause),
        "li": .boundary(SSML.sentencePause), "dd": .boundary(SSML.sentencePause),
        "td": .boundary(SSML.sentencePause), "img": .boundary(SSML.sentencePause), "script": .silent,
        "style": .silent, "b": .none, "i": .none, "strong": .none, "em": .none, "font": .none, "code": .none,
    ]
}

/// What a markup wants of a voice, of those things that it says.
package struct VoiceWish: Sendable, Hashable {
    /// Names, the best first.
    package var names: [String] = []
    /// A tag of BCP 47.
    package var language: String?
    /// Whether another region than the voice's matters.
    package var isRegional = false
    /// `female` or `male`.
    package var sex: String?
    /// The how-manieth of those, from 1.
    package var variant: Int?
    /// Where it says so; the message is empty.
    package var place: MarkupFinding

    /// What an element wants; nil if nothing.
    init?(_ element: String, _ values: [String: String], _ place: MarkupFinding) {
        self.place = place
        language = values["xml:lang"] ?? values["languages"].flatMap(SSMLValue.firstLanguage)
        isRegional = element == "lang" || element == "voice"
        if element == "voice" {
            names = values["name"].map(SSMLValue.voiceNames) ?? []
            sex = values["gender"].flatMap { $0 == "female" || $0 == "male" ? $0 : nil }
            variant = values["variant"].flatMap(SSMLValue.whole)
        }
        if names.isEmpty, language == nil, sex == nil, variant == nil { return nil }
    }
}

/// Sounds, in the letters that espeak-ng has for them.
package enum PhonemeText {
    /// Whether a text can be sounds, and no command to change the voice.
    package static func isPlain(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && !text.contains("_^")
            && text.utf8.allSatisfy { (32...126).contains($0) && !"[]<>&\\\"`$".utf8.contains($0) }
            && text.utf8.contains { $0 > 32 }
    }

    /// What people are told of it.
    package static let name = "sounds as espeak-ng writes them, without brackets, as in h@l'oU"
}
