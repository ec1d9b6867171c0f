/// Whether SSML is well-formed XML, which espeak-ng does not tell: it drops a broken tag and what is in it without a word.
///
/// Elements that are not SSML are no fault, nor is a fragment without `<speak>`: espeak-ng takes both.
struct MarkupCheck {
    private let bytes: [UInt8]
    private var place = 0
    /// The elements that are open, outermost first.
    private var open: [String] = []

    /// What is wrong with a text, and what to do; nil if nothing is.
    static func fault(in text: String) -> String? {
        var check = MarkupCheck(bytes: Array(text.utf8))
        return check.fault()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func fault() -> String? {
        while place < bytes.count {
            let fault: String? =
                switch bytes[place] {
                case UInt8(ascii: "<"): tagFault()
                case UInt8(ascii: "&"): referenceFault()
                default: skip(1)
                }
            if let fault { return "the SSML is broken at byte \(place): \(fault)" }
        }
        return open.last.map { "the SSML is broken: <\($0)> is never closed; end it with </\($0)>" }
    }

    private mutating func skip(_ count: Int) -> String? {
        place += count
        return nil
    }

    /// Passes a reference, as in `&amp;`, `&#233;` or `&#xE9;` (XML 1.0, 4.1).
    private mutating func referenceFault() -> String? {
        let name = bytes[(place + 1)...].prefix(12).prefix { $0 != UInt8(ascii: ";") }
        let end = place + 1 + name.count
        guard !name.isEmpty, end < bytes.count, bytes[end] == UInt8(ascii: ";"),
            name.allSatisfy({ Self.isName($0) || $0 == UInt8(ascii: "#") })
        else { return "& begins no reference; write &amp;" }
        place = end + 1
        return nil
    }

    /// Passes a tag, a comment, or what else begins with `<`.
    private mutating func tagFault() -> String? {
        for (beginning, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
        where bytes[place...].starts(with: beginning.utf8) {
            var rest = place + beginning.utf8.count
            while rest < bytes.count, !bytes[rest...].starts(with: end.utf8) { rest += 1 }
            guard rest < bytes.count else { return "\(beginning) is never ended by \(end)" }
            place = rest + end.utf8.count
            return nil
        }
        guard let end = tagEnd() else { return "the tag is never ended by >; for a < that is no tag write &lt;" }
        let tag = bytes[(place + 1)..<end]
        let isEnd = tag.first == UInt8(ascii: "/")
        let isEmpty = tag.last == UInt8(ascii: "/")
        let name = String(decoding: tag.dropFirst(isEnd ? 1 : 0).prefix(while: Self.isName), as: UTF8.self)
        guard !name.isEmpty else { return "a tag has no name; for a < that is no tag write &lt;" }
        if isEnd {
            guard let last = open.popLast() else { return "</\(name)> ends nothing" }
            guard last == name else { return "</\(name)> is where </\(last)> should be" }
        } else {
            let attributes = tag.dropFirst(name.utf8.count).dropLast(isEmpty ? 1 : 0)
            if let fault = Self.attributeFault(attributes, of: name) { return fault }
            if !isEmpty { open.append(name) }
        }
        place = end + 1
        return nil
    }

    /// Where the tag's `>` is, which may stand in quotes too; nil if there is none.
    private func tagEnd() -> Int? {
        var quote: UInt8?
        for index in (place + 1)..<max(place + 1, bytes.count) {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            } else if byte == UInt8(ascii: "<") {
                return nil
            }
        }
        return nil
    }

    /// What is wrong with attributes, which are names, `=` and values in quotes.
    private static func attributeFault(_ bytes: ArraySlice<UInt8>, of name: String) -> String? {
        var rest = bytes
        func isSpace(_ byte: UInt8) -> Bool { byte <= 32 }
        while true {
            let spaces = rest.prefix(while: isSpace).count
            rest = rest.dropFirst(spaces)
            guard !rest.isEmpty else { return nil }
            let attribute = rest.prefix(while: isName)
            rest = rest.dropFirst(attribute.count).drop(while: isSpace)
            guard spaces > 0, !attribute.isEmpty, rest.first == UInt8(ascii: "=") else {
                return "in <\(name)> stands something that is no attribute"
            }
            rest = rest.dropFirst().drop(while: isSpace)
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let end = rest.dropFirst().firstIndex(of: quote)
            else { return "the value of \(String(decoding: attribute, as: UTF8.self)) in <\(name)> needs quotes" }
            rest = rest[(end + 1)...]
        }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (48...58).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 128
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
}
