/// Reads XML 1.0 as far as markup for speech needs it: no document type, and no entities but the five that every XML has.
///
/// What is not well-formed is refused. By hand: libxml2, which Foundation's XMLParser is, comes with entities, external ones
/// too, and with megabytes; the worker, which starts for each text, reads markup as well.
struct XMLReader {
    struct Attribute {
        let name: String
        let value: String
        /// Where it stands, as a ``XMLReader/place``.
        let place: Int
    }

    enum Token {
        case start(name: String, [Attribute], isEmpty: Bool)
        case end(name: String)
        /// Text without references, comments and CDATA sections: what they stand for.
        case text(String)
    }

    private let scalars: [Unicode.Scalar]
    /// Where the next token begins, in scalars from the beginning.
    private(set) var place = 0

    /// - Throws: a character that XML does not have.
    init(_ text: String) throws(MarkupFinding) {
        // Line ends are U+000A to whoever reads XML (2.11).
        scalars = Array(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").unicodeScalars)
        if let place = scalars.firstIndex(where: { !SpokenCharacters.isMarkup($0) }) {
            throw finding(
                "holds the character \(scalars[place].value), which XML does not allow; take it out", at: place)
        }
        skipDeclaration()
    }

    /// A finding at a place.
    func finding(_ message: String, at place: Int) -> MarkupFinding {
        let before = scalars.prefix(place)
        let lineStart = before.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        return MarkupFinding(
            line: 1 + before.count { $0 == "\n" }, column: 1 + place - lineStart, message: message)
    }

    /// The next token; nil at the end.
    mutating func next() throws(MarkupFinding) -> Token? {
        while place < scalars.count {
            guard scalars[place] == "<" else { return .text(try text()) }
            if begins("<![CDATA[") { return .text(try section("<![CDATA[", "]]>")) }
            if begins("<!--") {
                let start = place
                let comment = try section("<!--", "-->")
                // As XML has it (2.5), so that nobody else finds another end.
                if comment.contains("--") || comment.hasSuffix("-") {
                    throw finding("a comment holds --; take it out", at: start)
                }
            } else if begins("<?") {
                let start = place
                let instruction = try section("<?", "?>")
                if instruction.prefix(3).lowercased() == "xml",
                    instruction.dropFirst(3).first.map(\.isWhitespace) ?? true
                {
                    throw finding("<?xml is for the very beginning", at: start)
                }
            } else if begins("<!") {
                throw finding("<! begins a declaration, and there are none in SSML; take it out", at: place)
            } else {
                return try tag()
            }
        }
        return nil
    }

    // MARK: Parts

    private func begins(_ text: String) -> Bool { scalars[place...].starts(with: text.unicodeScalars) }

    private mutating func skipDeclaration() {
        guard begins("<?xml"), scalars.dropFirst(5).first.map(Self.isSpace) ?? false else { return }
        while place < scalars.count, !begins("?>") { place += 1 }
        // One that is never ended is told later.
        place = place < scalars.count ? place + 2 : 0
    }

    /// What stands between two marks.
    private mutating func section(_ beginning: String, _ end: String) throws(MarkupFinding) -> String {
        let start = place
        place += beginning.unicodeScalars.count
        let first = place
        while place < scalars.count, !begins(end) { place += 1 }
        guard place < scalars.count else { throw finding("\(beginning) is not closed by \(end)", at: start) }
        defer { place += end.unicodeScalars.count }
        return String(String.UnicodeScalarView(scalars[first..<place]))
    }

    private mutating func text() throws(MarkupFinding) -> String {
        var text = String.UnicodeScalarView()
        while place < scalars.count, scalars[place] != "<" {
            if begins("]]>") { throw finding("]]> is not the end of a CDATA section; write ]]&gt;", at: place) }
            text.append(try character())
        }
        return String(text)
    }

    /// A character, or what a reference to one stands for (4.1).
    private mutating func character() throws(MarkupFinding) -> Unicode.Scalar {
        let start = place
        guard scalars[start] == "&" else {
            place += 1
            return scalars[start]
        }
        let name = String(
            String.UnicodeScalarView(scalars[(start + 1)...].prefix(12).prefix { $0 != ";" && $0 != "&" }))
        let end = start + 1 + name.unicodeScalars.count
        guard !name.isEmpty, end < scalars.count, scalars[end] == ";" else {
            throw finding("& does not begin a reference; write &amp;", at: start)
        }
        place = end + 1
        if let entity = Self.entities[name] { return entity }
        guard name.hasPrefix("#") else {
            throw finding(
                "&\(name); is not known; those that are known are &amp; &lt; &gt; &quot; &apos; and numbers, as in &#233;",
                at: start)
        }
        let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
        let number = digits.first?.isHexDigit == true ? UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10) : nil
        guard let scalar = number.flatMap(Unicode.Scalar.init), SpokenCharacters.isMarkup(scalar) else {
            throw finding("&\(name); stands for no character that a text may have", at: start)
        }
        return scalar
    }

    private static let entities: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
    ]

    // MARK: Tags

    private mutating func tag() throws(MarkupFinding) -> Token {
        let start = place
        place += 1
        let isEnd = place < scalars.count && scalars[place] == "/"
        if isEnd { place += 1 }
        let name = name()
        guard !name.isEmpty else {
            throw finding("a tag has no name; for a < that is not a tag, write &lt;", at: start)
        }
        var attributes: [Attribute] = []
        while true {
            let hasSpace = skipSpace()
            guard place < scalars.count, scalars[place] != "<" else {
                throw finding("the tag is not closed by >; for a < that is not a tag, write &lt;", at: start)
            }
            if scalars[place] == ">" {
                place += 1
                return isEnd ? .end(name: name) : .start(name: name, attributes, isEmpty: false)
            }
            if begins("/>"), !isEnd {
                place += 2
                return .start(name: name, attributes, isEmpty: true)
            }
            let attribute = hasSpace && !isEnd ? try attribute(of: name) : nil
            guard let attribute else {
                throw finding("in <\(isEnd ? "/" : "")\(name)> is something that is not an attribute", at: place)
            }
            guard !attributes.contains(where: { $0.name == attribute.name }) else {
                throw finding("<\(name)> has \(attribute.name) twice", at: attribute.place)
            }
            attributes.append(attribute)
        }
    }

    /// An attribute; nil if what stands there is none.
    private mutating func attribute(of tag: String) throws(MarkupFinding) -> Attribute? {
        let start = place
        let name = name()
        guard !name.isEmpty else { return nil }
        skipSpace()
        guard place < scalars.count, scalars[place] == "=" else {
            throw finding("in <\(tag)> is something that is not an attribute: \(name) has no value", at: start)
        }
        place += 1
        skipSpace()
        guard place < scalars.count, scalars[place] == "\"" || scalars[place] == "'" else {
            throw finding("the value of \(name) in <\(tag)> needs quotes", at: start)
        }
        let quote = scalars[place]
        place += 1
        var value = String.UnicodeScalarView()
        while place < scalars.count, scalars[place] != quote {
            guard scalars[place] != "<" else {
                throw finding(
                    "the value of \(name) in <\(tag)> is not ended by \(quote) before the next tag; for a < in it write &lt;",
                    at: start)
            }
            // White space is a space, if it is not written as a reference (3.3.3).
            let isSpace = Self.isSpace(scalars[place])
            let character = try character()
            value.append(isSpace ? " " : character)
        }
        guard place < scalars.count else {
            throw finding("the value of \(name) in <\(tag)> is not closed by \(quote)", at: start)
        }
        place += 1
        return Attribute(name: name, value: String(value), place: start)
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = place
        while place < scalars.count, Self.isSpace(scalars[place]) { place += 1 }
        return place > start
    }

    private mutating func name() -> String {
        let start = place
        guard place < scalars.count, Self.beginsName(scalars[place]) else { return "" }
        while place < scalars.count, Self.isInName(scalars[place]) { place += 1 }
        return String(String.UnicodeScalarView(scalars[start..<place]))
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    /// NameStartChar (2.3).
    private static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3A, 0x5F, 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
            0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF,
            0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            true
        default: false
        }
    }

    /// NameChar (2.3).
    private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
        default: beginsName(scalar)
        }
    }
}
