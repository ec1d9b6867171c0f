import Files
import TelephonyAudio

/// Base64 text that holds an audio file, as handlers log it and JSON carries it: plain, in quotes, behind `data:...,`, or as the
/// `audio_data` of a JSON object; in lines or in one; in either alphabet (RFC 4648).
struct Base64Text {
    /// Where the text begins, in bytes.
    private let start: Int
    /// Whether a quote ends the text.
    private let isQuoted: Bool

    /// - Parameter head: the first bytes of a file.
    private init(_ head: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        var place = head.prefix { $0 <= 32 }.count
        var isQuoted = false
        func skip(_ bytes: some Sequence<UInt8>) -> Bool {
            let bytes = Array(bytes)
            guard head.dropFirst(place).starts(with: bytes) else { return false }
            place += bytes.count
            return true
        }
        if head.dropFirst(place).first == UInt8(ascii: "{"),
            let name = head.firstRange(of: Array("\"audio_data\"".utf8)),
            let opening = head[name.upperBound...].firstIndex(of: quote)
        {
            (place, isQuoted) = (opening + 1, true)
        } else {
            isQuoted = skip([quote])
        }
        if skip("data:".utf8) {
            let comma = head[place...].firstIndex(of: UInt8(ascii: ","))
            place = comma.map { $0 + 1 } ?? place
        }
        (start, self.isQuoted) = (place, isQuoted)
    }

    /// What the head of a file decodes to; nil if it is not base64.
    static func beginning(_ head: [UInt8]) -> [UInt8]? {
        let text = Base64Text(head)
        var characters = Characters(isQuoted: text.isQuoted)
        var decoder = Base64.Decoder(acceptsURLSafe: true)
        var bytes: [UInt8] = []
        let body = characters.take(head.dropFirst(text.start))
        return decoder.append(body.span.bytes, to: &bytes) && bytes.count >= 4 ? bytes : nil
    }

    /// Decodes a source into a spool.
    ///
    /// - Returns: false if some character can't be base64, or the text breaks off.
    static func decode(_ source: ByteSource, into spool: inout Spool) throws(ConversionError) -> Bool {
        let text = Base64Text(try source.bytes(at: 0, count: 256))
        var offset = text.start
        var characters = Characters(isQuoted: text.isQuoted)
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
        guard characters.isAtEnd || !text.isQuoted, decoder.finish(into: &bytes) else { return false }
        try append(bytes, to: &spool, source.name)
        return true
    }

    private static func append(_ bytes: [UInt8], to spool: inout Spool, _ file: String) throws(ConversionError) {
        try attempt(on: file) { () throws(SystemError) in try spool.append(bytes.span.bytes) }
    }

    /// Takes the characters of base64 out of a text, which comes in pieces: up to the quote that ends it, and without what JSON
    /// writes as `\/` and `\n`.
    private struct Characters {
        let isQuoted: Bool
        private(set) var isAtEnd = false
        private var isEscaped = false

        init(isQuoted: Bool) { self.isQuoted = isQuoted }

        mutating func take(_ piece: ArraySlice<UInt8>) -> [UInt8] {
            guard isQuoted else { return Array(piece) }
            let end = piece.firstIndex(of: UInt8(ascii: "\"")) ?? piece.endIndex
            isAtEnd = end < piece.endIndex
            let text = piece[..<end]
            guard isEscaped || text.contains(UInt8(ascii: "\\")) else { return Array(text) }
            var taken: [UInt8] = []
            for byte in text {
                if isEscaped {
                    isEscaped = false
                    if byte != UInt8(ascii: "n"), byte != UInt8(ascii: "r") { taken.append(byte) }
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    taken.append(byte)
                }
            }
            return taken
        }
    }
}
