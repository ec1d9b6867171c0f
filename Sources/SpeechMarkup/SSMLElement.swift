/// An element of a markup, as far as it can be spoken.
package struct SSMLElement: Sendable, Hashable {
    /// What it does to the text in it.
    package enum Effect: Sendable, Hashable {
        /// The engine has an element for it.
        case engine(String)
        /// Another text is spoken instead.
        case replaced(by: String)
        /// The text in it is not spoken.
        case silent
        /// None; words before and after it are apart.
        case apart
        /// None.
        case none
    }

    /// An attribute that the engine is told, checked.
    package struct Attribute: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// What it does.
    package let effect: Effect
    /// What the engine is told with it.
    package let attributes: [Attribute]
    /// What it holds, in order.
    package private(set) var children: [SSML.Node] = []

    mutating func add(_ node: SSML.Node) {
        if case .text(let text) = node { children.add(text) } else { children.append(node) }
    }

    /// The voice that it names.
    var voiceName: String? {
        effect == .engine("voice") ? attributes.first { $0.name == "name" }?.value : nil
    }

    /// How long the pause is that it asks for, in milliseconds.
    var pause: Int {
        guard effect == .engine("break") else { return 0 }
        let time = attributes.first { $0.name == "time" }?.value.dropLast(2)
        return time.flatMap { Int($0) } ?? 0
    }

    /// Understands a start tag.
    ///
    /// - Throws: what is refused: what reads files, and values that no element has.
    init(
        _ name: String, _ attributes: [XMLReader.Attribute], at place: Int, in reader: XMLReader,
        _ warnings: inout [MarkupFinding]
    ) throws(MarkupFinding) {
        func refuse(_ message: String, at place: Int) throws(MarkupFinding) -> Never {
            throw reader.finding(message, at: place)
        }
        // As espeak-ng, which takes capitals too.
        let plain = name.lowercased()
        if let reason = Self.refused[String(plain.split(separator: ":").last ?? "")] {
            try refuse("<\(name)> \(reason); take it out", at: place)
        }
        guard plain != "sub" else {
            guard let alias = attributes.first(where: { $0.name == "alias" }) else {
                try refuse("<\(name)> has no alias, which is what it is for", at: place)
            }
            (effect, self.attributes) = (.replaced(by: alias.value), [])
            return
        }
        var effect = Self.effects[plain] ?? .apart
        if Self.effects[plain] == nil {
            warnings.append(reader.finding("<\(name)> has no effect; what is in it is spoken", at: place))
        }
        let allowed = Self.allowed[plain] ?? [:]
        var kept: [Attribute] = []
        for attribute in attributes {
            guard let form = allowed[attribute.name] else {
                guard !Self.isSilent(attribute.name, effect) else { continue }
                let message = "\(attribute.name) of <\(name)> has no effect"
                warnings.append(reader.finding(message, at: attribute.place))
                continue
            }
            if let value = form.value(attribute.value) {
                kept.append(Attribute(name: attribute.name, value: value))
            } else if form.isOpen {
                let message = "\(attribute.name)=\"\(attribute.value)\" of <\(name)> has no effect"
                warnings.append(reader.finding(message, at: attribute.place))
            } else {
                try refuse(
                    "\(attribute.name)=\"\(attribute.value)\" of <\(name)> must be \(form.name)", at: attribute.place)
            }
        }
        if plain == "say-as", !kept.contains(where: { $0.name == "interpret-as" }) { (effect, kept) = (.none, []) }
        (self.effect, self.attributes) = (effect, kept)
    }

    /// Whether an attribute needs no warning: what says what a document is, and all of an element that does nothing.
    private static func isSilent(_ name: String, _ effect: Effect) -> Bool {
        guard case .engine = effect else { return true }
        return name == "version" || name.hasPrefix("xmlns") || name.hasPrefix("xsi:")
    }
}

extension SSMLElement {
    /// Elements that stand for something outside the text: espeak-ng reads the file that `audio` names, and has a shell
    /// convert it.
    private static let refused = [
        "audio": "would play a file or a URL, and no text may read one",
        "lexicon": "would read a file or a URL, and no text may read one",
    ]

    /// What elements do; those that are not here are told to have no effect.
    private static let effects: [String: Effect] = [
        "speak": .engine("speak"), "p": .engine("p"), "s": .engine("s"), "voice": .engine("voice"),
        "prosody": .engine("prosody"), "emphasis": .engine("emphasis"), "say-as": .engine("say-as"),
        "break": .engine("break"), "token": .apart, "w": .apart, "metadata": .silent, "meta": .silent, "desc": .silent,
        // Of HTML.
        "h1": .engine("p"), "h2": .engine("p"), "h3": .engine("p"), "h4": .engine("p"), "hr": .engine("p"),
        "br": .engine("br"), "li": .engine("br"), "dd": .engine("br"), "td": .engine("br"), "img": .engine("br"),
        "script": .silent, "style": .silent, "b": .none, "i": .none, "strong": .none, "em": .none, "font": .none,
        "code": .none,
    ]

    /// The attributes that the engine is told.
    private static let allowed: [String: [String: SSMLValue]] = [
        "speak": ["xml:lang": .language], "p": ["xml:lang": .language], "s": ["xml:lang": .language],
        "voice": [
            "xml:lang": .language, "name": .voice, "gender": .words(["male", "female", "neutral"]),
            "age": .number(1...120), "variant": .number(1...99),
        ],
        "prosody": [
            "rate": .prosody(["default", "x-slow", "slow", "medium", "fast", "x-fast"]),
            "volume": .prosody(["default", "silent", "x-soft", "soft", "medium", "loud", "x-loud"]),
            "pitch": .prosody(["default", "x-low", "low", "medium", "high", "x-high"]),
            "range": .prosody(["default", "x-low", "low", "medium", "high", "x-high"]),
        ],
        "emphasis": ["level": .words(["none", "reduced", "moderate", "strong", "x-strong"])],
        "say-as": [
            "interpret-as": .openWords(["characters", "telephone", "tts:char", "tts:digits"]),
            "format": .openWords(["glyphs"]), "detail": .openWords(["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        ],
        "break": [
            "strength": .words(["none", "x-weak", "weak", "medium", "strong", "x-strong"]), "time": .time,
        ],
    ]
}
