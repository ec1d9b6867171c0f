import Files
import TelephonyAudio

/// Base64 text that holds an audio file, as handlers log it and JSON carries it: plain, in quotes, behind `data:...,`, or as the
/// `audio_data` of a JSON object; in lines or in one; in either alphabet (RFC 4648), with `%2B` and the like of URLs.
struct Base64Text {
    /// Where the text begins, in bytes.
    private let start: Int
    /// The quote that ends the text; nil where it goes to the end.
    private let quote: UInt8?

    /// As far into a file as the text may begin, in bytes.
    static let headSize = 1 << 16

    /// - Parameter head: the first bytes of a file.
    private init(_ head: [UInt8]) {
        var place = 0
        func skip(_ bytes: some Sequence<UInt8>) -> Bool {
            let bytes = Array(bytes)
            guard head.dropFirst(place).starts(with: bytes) else { return false }
            place += bytes.count
            return true
        }
        // The mark of UTF-8 that some editors write.
        _ = skip([0xEF, 0xBB, 0xBF])
        place += head[place...].prefix { $0 <= 32 }.count
        if let member = Self.member(head[place...]) {
            (place, quote) = member
        } else {
            quote = [UInt8(ascii: "\""), UInt8(ascii: "'")].first { skip([$0]) }
        }
        // The scheme of a URL has no case (RFC 3986, 3.1).
        if ["data:", "DATA:", "Data:"].contains(where: { skip($0.utf8) }) {
            let comma = head[place...].firstIndex(of: UInt8(ascii: ","))
            place = comma.map { $0 + 1 } ?? place
        }
        start = place
    }

    /// Where the text of the member `audio_data` of a JSON object begins, and the quote before it; nil if there is none.
    private static func member(_ head: ArraySlice<UInt8>) -> (Int, UInt8?)? {
        guard let first = head.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
        for quote in ["\"", "'"] {
            guard let name = head.firstRange(of: Array("\(quote)audio_data\(quote)".utf8)),
                let opening = head[name.upperBound...].firstIndex(of: quote.utf8.first!)
            else { continue }
            return (opening + 1, head[opening])
        }
        return nil
    }

    /// What the beginning of the text in the head of a file decodes to; nil if it is not base64.
    static func beginning(_ head: [UInt8]) -> [UInt8]? {
        let text = Base64Text(head)
        var characters = Characters(quote: text.quote)
        var decoder = Base64.Decoder(acceptsURLSafe: true)
        var bytes: [UInt8] = []
        let body = characters.take(head.dropFirst(text.start).prefix(256))
        return decoder.append(body.span.bytes, to: &bytes) && bytes.count >= 4 ? bytes : nil
    }

    /// Decodes a source into a spool.
    ///
    /// - Returns: false if some character can't be base64, or the text breaks off.
    static func decode(_ source: ByteSource, into spool: inout Spool) throws(ConversionError) -> Bool {
        let text = Base64Text(try source.bytes(at: 0, count: headSize))
        var offset = text.start
        var characters = Characters(quote: text.quote)
        var decoder = Base64.Decoder(acceptsURLSafe: true)
        var bytes: [UInt8] = []
        while offset < source.size, !characters.isAtEnd {
            let chunk = try source.bytes(at: offset, count: 1 << 16)
            guard !chunk.isEmpty else { break }
            offset += chunk.count
            guard decoder.append(characters.take(chunk[...]).span.bytes, to: &bytes) else { return false }
            try append(bytes, to: &spool, source.name)
            bytes.removeAll(keepingCapacity: true)
        }
        guard characters.isAtEnd || text.quote == nil, decoder.finish(into: &bytes) else { return false }
        try append(bytes, to: &spool, source.name)
        return true
    }

    private static func append(_ bytes: [UInt8], to spool: inout Spool, _ file: String) throws(ConversionError) {
        try attempt(on: file) { () throws(SystemError) in try spool.append(bytes.span.bytes) }
    }

    /// Takes the characters of base64 out of a text, which comes in pieces: up to the quote that ends it, with what JSON writes
    /// as `\/`, `\u002b` and `\n`, and URLs as `%2B`, put right.
    private struct Characters {
        let quote: UInt8?
        private(set) var isAtEnd = false
        private var state = State.plain

        private enum State {
            case plain, escape
            case number(digitsLeft: Int, value: UInt32)
        }

        init(quote: UInt8?) { self.quote = quote }

        mutating func take(_ piece: ArraySlice<UInt8>) -> [UInt8] {
            let end = quote.flatMap { piece.firstIndex(of: $0) } ?? piece.endIndex
            isAtEnd = end < piece.endIndex
            let text = piece[..<end]
            // Nearly all texts have none of these.
            if case .plain = state, !text.contains(UInt8(ascii: "\\")), !text.contains(UInt8(ascii: "%")) {
                return Array(text)
            }
            var taken: [UInt8] = []
            taken.reserveCapacity(text.count)
            for byte in text { take(byte, &taken) }
            return taken
        }

        private mutating func take(_ byte: UInt8, _ taken: inout [UInt8]) {
            switch (state, byte) {
            case (.plain, UInt8(ascii: "\\")) where quote != nil: state = .escape
            case (.plain, UInt8(ascii: "%")): state = .number(digitsLeft: 2, value: 0)
            case (.plain, _): taken.append(byte)
            case (.escape, UInt8(ascii: "n")), (.escape, UInt8(ascii: "r")): state = .plain
            case (.escape, UInt8(ascii: "u")): state = .number(digitsLeft: 4, value: 0)
            case (.escape, _):
                state = .plain
                taken.append(byte)
            case (.number(let digitsLeft, let value), _):
                guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                    // No base64, which the decoder is to see.
                    state = .plain
                    return taken.append(UInt8(ascii: "%"))
                }
                let next = value << 4 | UInt32(digit)
                state = digitsLeft > 1 ? .number(digitsLeft: digitsLeft - 1, value: next) : .plain
                if digitsLeft == 1 { taken.append(UInt8(exactly: next) ?? UInt8(ascii: "%")) }
            }
        }
    }
}
