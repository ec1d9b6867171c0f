/// A part of a text that one voice speaks without a stop, or a pause.
package enum SpokenPiece: Sendable, Hashable {
    /// Nothing, for so long.
    case pause(Duration)
    case speech(SpokenPart)
}

/// What one voice speaks without a stop.
package struct SpokenPart: Sendable, Hashable {
    /// Words, and how they are spoken.
    package struct Run: Sendable, Hashable {
        package enum Kind: Sendable, Hashable { case text, characters, phonemes }

        package var text: String
        package var kind: Kind
        package var prosody: Prosody

        package init(text: String, kind: Kind, prosody: Prosody) {
            self.text = text
            self.kind = kind
            self.prosody = prosody
        }
    }

    /// Its words, in order.
    package fileprivate(set) var runs: [Run] = []
    /// What is wanted of the voice, the outermost wish first.
    package fileprivate(set) var wishes: [VoiceWish] = []
    /// What volumes are divided by, so that the loudest of the whole text is the engine's own.
    package fileprivate(set) var loudest = 1.0

    /// A part of a text without markup.
    package init(_ runs: [Run]) { self.runs = runs }

    /// Puts others in the place of its words.
    package mutating func map(_ change: (Run) -> [Run]) {
        runs = runs.flatMap(change)
        runs.trim()
    }

    /// All of its words.
    package var words: String { runs.map(\.text).joined() }

    /// The text that the engine is handed.
    ///
    /// - Parameter base: the pitch at which the part is spoken, 0...99.
    /// - Returns: the text; whether it has markup; and whether it has sounds in double brackets.
    package func engineText(base: Int) -> (text: String, isMarkup: Bool, hasPhonemes: Bool) {
        let hasPhonemes = runs.contains { $0.kind == .phonemes }
        let attributes = runs.map { $0.prosody.attributes(base: base, loudest: loudest) }
        let isMarkup = attributes.contains { !$0.isEmpty } || runs.contains { $0.kind == .characters }
        var text = ""
        for (run, attributes) in zip(runs, attributes) {
            if !attributes.isEmpty { text += "<prosody\(attributes)>" }
            // Brackets of a text are no sounds, whatever stands in them.
            let plain = hasPhonemes && run.kind != .phonemes ? run.text.replacing("[", with: " ") : run.text
            let shown = isMarkup ? plain.escaped : plain
            switch run.kind {
            case .text: text += shown
            case .characters: text += "<say-as interpret-as=\"characters\">\(shown)</say-as>"
            case .phonemes: text += "[[\(shown)]]"
            }
            if !attributes.isEmpty { text += "</prosody>" }
        }
        return (text, isMarkup, hasPhonemes)
    }
}

extension SSML {
    /// The most parts that voices speak of a text.
    package static let maximumParts = 400

    /// What is spoken, in order: pauses stand apart, and so do voices.
    package var pieces: [SpokenPiece] {
        var writer = PieceWriter()
        for node in nodes { writer.write(node) }
        return writer.finished()
    }
}

extension String {
    /// Each digit apart, so that it is spoken alone: `2026` is `2 0 2 6`.
    package var digitsApart: String {
        var text = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in unicodeScalars {
            if let last, last.properties.numericType == .decimal, scalar.properties.numericType == .decimal {
                text.append(" ")
            }
            text.append(scalar)
            last = scalar
        }
        return String(text)
    }
}

private struct PieceWriter {
    private var pieces: [SpokenPiece] = []
    private var runs: [SpokenPart.Run] = []
    private var wishes: [VoiceWish] = []
    /// The pause before the next words, unless the markup has one of its own there.
    private var boundary = Duration.zero

    /// How what comes next is spoken.
    private struct Manner {
        var prosody = Prosody.unchanged
        var digits = false
        var characters = false
    }
    private var manner = Manner()

    mutating func write(_ node: SSML.Node) {
        switch node {
        case .text(let text): write(text)
        case .element(let element): write(element)
        }
    }

    private mutating func write(_ text: String) {
        if manner.characters {
            runs.append(SpokenPart.Run(text: text, kind: .characters, prosody: manner.prosody))
            return
        }
        let text = manner.digits ? text.digitsApart : text
        if let last = runs.last, last.kind == .text, last.prosody == manner.prosody {
            runs[runs.count - 1].text += text
        } else {
            runs.append(SpokenPart.Run(text: text, kind: .text, prosody: manner.prosody))
        }
    }

    private mutating func write(_ element: SSMLElement) {
        let outer = manner
        if let wish = element.wish {
            flush()
            wishes.append(wish)
        }
        switch element.effect {
        case .silent: break
        case .none: element.children.forEach { write($0) }
        case .apart:
            write(" ")
            element.children.forEach { write($0) }
            write(" ")
        case .alias(let alias): write(alias)
        case .phonemes(let phonemes):
            write(" ")
            runs.append(SpokenPart.Run(text: phonemes, kind: .phonemes, prosody: manner.prosody))
            write(" ")
        case .prosody(let prosody):
            manner.prosody = prosody.within(manner.prosody)
            element.children.forEach { write($0) }
        case .emphasis(let level):
            manner.prosody = Prosody.emphasis(level).within(manner.prosody)
            element.children.forEach { write($0) }
        case .digits:
            manner.digits = true
            element.children.forEach { write($0) }
        case .characters:
            manner.characters = true
            element.children.forEach { write($0) }
        case .boundary(let pause):
            flush()
            boundary = max(boundary, pause)
            element.children.forEach { write($0) }
            flush()
            boundary = max(boundary, pause)
        case .pause(let pause):
            if pause > .zero {
                flush()
                pieces.append(.pause(pause))
            }
            // Those that hold something are none of SSML; it is spoken after the pause.
            element.children.forEach { write($0) }
        }
        manner = outer
        if element.wish != nil {
            flush()
            wishes.removeLast()
        }
    }

    /// Ends a part, unless there is nothing in it.
    private mutating func flush() {
        defer { runs = [] }
        guard runs.contains(where: { $0.text.unicodeScalars.contains { !$0.properties.isWhitespace } }) else { return }
        runs.trim()
        if case .speech? = pieces.last, boundary > .zero { pieces.append(.pause(boundary)) }
        boundary = .zero
        var part = SpokenPart(runs)
        part.wishes = wishes
        pieces.append(.speech(part))
    }

    mutating func finished() -> [SpokenPiece] {
        flush()
        let volumes = pieces.flatMap { piece -> [Double] in
            if case .speech(let part) = piece { part.runs.map(\.prosody.volume) } else { [] }
        }
        let loudest = max(1, volumes.max() ?? 1)
        return pieces.map { piece in
            guard case .speech(var part) = piece else { return piece }
            part.loudest = loudest
            return .speech(part)
        }
    }
}

extension [SpokenPart.Run] {
    /// Takes white space away at both ends: it is spoken alone, and says nothing.
    fileprivate mutating func trim() {
        while let first, first.kind == .text {
            let rest = first.text.unicodeScalars.drop { $0.properties.isWhitespace }
            self[0].text = String(rest)
            guard rest.isEmpty else { break }
            removeFirst()
        }
        while let last, last.kind == .text {
            var rest = last.text.unicodeScalars[...]
            while rest.last?.properties.isWhitespace == true { rest.removeLast() }
            self[count - 1].text = String(rest)
            guard rest.isEmpty else { break }
            removeLast()
        }
    }
}
