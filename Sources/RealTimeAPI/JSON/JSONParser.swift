/// Reads JSON text (RFC 8259), in bounded depth.
///
/// One reader serves messages, whose members become values, and `variables`, which are only checked and carried on: they
/// are most of a request, and must not change.
struct JSONParser {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0

    /// The deepest nesting that is accepted.
    static let maximumDepth = 128

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value that the text is.
    ///
    /// - Parameter raw: a member of the outermost object that is checked and carried on as it is.
    mutating func whole(raw: String? = nil) throws(JSONError) -> JSON {
        let value = try value(raw: raw)
        try end()
        return value
    }

    /// Reads the members of the object that the text is.
    ///
    /// - Parameters:
    ///   - raw: a member that is checked and carried on as it is.
    ///   - take: is given the name and the value of each.
    /// - Returns: what else the text is, if it is no object.
    mutating func wholeMembers(raw: String, _ take: (String, JSON) -> Void) throws(JSONError) -> JSON? {
        skipSpace()
        let other: JSON?
        if peek == UInt8(ascii: "{") {
            try members(raw: raw, take)
            other = nil
        } else {
            other = try value()
        }
        try end()
        return other
    }

    /// Whether text is nested too deep to be part of a message.
    ///
    /// - Parameter depth: how deep in the message it stands.
    static func isTooDeep(_ text: JSONText, inside depth: Int) -> Bool {
        var parser = JSONParser(text.bytes)
        parser.depth = depth
        do throws(JSONError) { _ = try parser.wholeText() } catch { return true }
        return false
    }

    /// The text, checked, without white space around it.
    mutating func wholeText() throws(JSONError) -> [UInt8] {
        let range = try skipValue()
        try end()
        return Array(bytes[range])
    }

    private mutating func end() throws(JSONError) {
        skipSpace()
        if index < bytes.count { throw unexpected() }
    }

    private mutating func value(raw: String? = nil) throws(JSONError) -> JSON {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(raw: raw)
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(text(try skipNumber()))
        }
    }

    private mutating func object(raw: String?) throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        try self.members(raw: raw) { members.append(JSON.Member($0, $1)) }
        return .object(members)
    }

    private mutating func members(raw: String?, _ take: (String, JSON) -> Void) throws(JSONError) {
        try nested(UInt8(ascii: "}")) { (parser) throws(JSONError) in
            let name = try parser.name()
            let value: JSON =
                name == raw
                ? .raw(JSONText(unchecked: Array(parser.bytes[try parser.skipValue()]))) : try parser.value()
            take(name, value)
        }
    }

    private mutating func array() throws(JSONError) -> JSON {
        var elements: [JSON] = []
        try nested(UInt8(ascii: "]")) { (parser) throws(JSONError) in elements.append(try parser.value()) }
        return .array(elements)
    }

    /// Reads what lies between brackets, element by element.
    private mutating func nested(
        _ closing: UInt8, element: (inout JSONParser) throws(JSONError) -> Void
    ) throws(JSONError) {
        guard depth < Self.maximumDepth else {
            throw JSONError(offset: index, reason: "nesting deeper than \(Self.maximumDepth)")
        }
        depth += 1
        index += 1
        skipSpace()
        if peek == closing {
            index += 1
            depth -= 1
            return
        }
        while true {
            try element(&self)
            skipSpace()
            if peek == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard peek == closing else { throw unexpected() }
            index += 1
            depth -= 1
            return
        }
    }

    private mutating func name() throws(JSONError) -> String {
        skipSpace()
        guard peek == UInt8(ascii: "\"") else { throw unexpected() }
        let name = try string()
        try colon()
        return name
    }

    private mutating func colon() throws(JSONError) {
        skipSpace()
        guard peek == UInt8(ascii: ":") else { throw unexpected() }
        index += 1
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        for offset in 0..<word.utf8CodeUnitCount {
            guard peek == word.utf8Start[offset] else { throw unexpected() }
            index += 1
        }
        return value
    }

    private mutating func string() throws(JSONError) -> String {
        let (range, hasEscapes) = try skipString()
        let content = (range.lowerBound + 1)..<(range.upperBound - 1)
        // Checked to be UTF-8, and escapes to be whole.
        return hasEscapes ? JSONEscapes.decode(bytes[content]) : text(content)
    }
}

extension JSONParser {
    private func text(_ range: Range<Int>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: $0[range], as: UTF8.self) }
    }
}

// What is only checked.
extension JSONParser {
    /// Checks a value and skips it.
    private mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipSpace()
        let start = index
        switch peek {
        case UInt8(ascii: "{"):
            try nested(UInt8(ascii: "}")) { (parser) throws(JSONError) in
                parser.skipSpace()
                guard parser.peek == UInt8(ascii: "\"") else { throw parser.unexpected() }
                _ = try parser.skipString()
                try parser.colon()
                _ = try parser.skipValue()
            }
        case UInt8(ascii: "["):
            try nested(UInt8(ascii: "]")) { (parser) throws(JSONError) in _ = try parser.skipValue() }
        case UInt8(ascii: "\""): _ = try skipString()
        case UInt8(ascii: "t"): _ = try word("true", .null)
        case UInt8(ascii: "f"): _ = try word("false", .null)
        case UInt8(ascii: "n"): _ = try word("null", .null)
        default: _ = try skipNumber()
        }
        return start..<index
    }

    /// Checks a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    private mutating func skipNumber() throws(JSONError) -> Range<Int> {
        let start = index
        if peek == UInt8(ascii: "-") { index += 1 }
        if peek == UInt8(ascii: "0") { index += 1 } else { try skipDigits() }
        if peek == UInt8(ascii: ".") {
            index += 1
            try skipDigits()
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            index += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
            try skipDigits()
        }
        return start..<index
    }

    private mutating func skipDigits() throws(JSONError) {
        guard isDigit else { throw unexpected() }
        while isDigit { index += 1 }
    }

    private var isDigit: Bool { peek.map { (48...57).contains($0) } ?? false }

    /// Checks a string, and tells whether there are escapes in it.
    private mutating func skipString() throws(JSONError) -> (range: Range<Int>, hasEscapes: Bool) {
        let start = index
        var hasEscapes = false
        var isASCII = true
        index += 1
        while true {
            index = bytes.withUnsafeBufferPointer { PlainText.end(in: $0, from: index) }
            guard let byte = peek, byte != UInt8(ascii: "\"") else { break }
            guard byte >= 32 else { throw JSONError(offset: index, reason: "a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += try JSONEscapes.length(bytes[index...], at: index)
            } else {
                isASCII = false
                while let byte = peek, byte >= 128 { index += 1 }
            }
        }
        guard index < bytes.count else { throw JSONError(offset: start, reason: "a string without an end") }
        index += 1
        if !isASCII { try checkUTF8(start..<index) }
        return (start..<index, hasEscapes)
    }

    private func checkUTF8(_ range: Range<Int>) throws(JSONError) {
        do { _ = try UTF8Span(validating: bytes.span.extracting(range)) } catch {
            throw JSONError(offset: range.lowerBound, reason: "a string that is not UTF-8")
        }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
    }

    private func unexpected() -> JSONError {
        guard let byte = peek else { return JSONError(offset: index, reason: "the end of the text") }
        let character = (33...126).contains(byte) ? "\"\(Character(UnicodeScalar(byte)))\"" : "byte \(byte)"
        return JSONError(offset: index, reason: "unexpected \(character)")
    }
}
