import Files
import TelephonyAudio

/// Base64 text that holds an audio file, as handlers log it and JSON carries it.
enum Base64Text {
    /// What the head of a file decodes to; nil if it is no base64: an optional `data:` prefix and quotes, then nothing but
    /// the alphabet.
    static func beginning(_ head: [UInt8]) -> [UInt8]? {
        var decoder = Base64.Decoder()
        var bytes: [UInt8] = []
        let body = head.dropFirst(prefixCount(head)).prefix { $0 != UInt8(ascii: "\"") }
        return decoder.append(Array(body).span.bytes, to: &bytes) && bytes.count >= 4 ? bytes : nil
    }

    /// Decodes a source into a spool.
    ///
    /// - Returns: false if some character can't be base64.
    static func decode(_ source: ByteSource, into spool: inout Spool) throws(ConversionError) -> Bool {
        var offset = prefixCount(try source.bytes(at: 0, count: 256))
        var decoder = Base64.Decoder()
        var bytes: [UInt8] = []
        while offset < source.size {
            var text = try source.bytes(at: offset, count: 1 << 16)
            guard !text.isEmpty else { break }
            offset += text.count
            if offset == source.size { text.removeLast(closingCount(text)) }
            guard decoder.append(text.span.bytes, to: &bytes) else { return false }
            try append(bytes, to: &spool, source.name)
            bytes.removeAll(keepingCapacity: true)
        }
        guard decoder.finish(into: &bytes) else { return false }
        try append(bytes, to: &spool, source.name)
        return true
    }

    private static func append(_ bytes: [UInt8], to spool: inout Spool, _ file: String) throws(ConversionError) {
        try attempt(on: file) { () throws(SystemError) in try spool.append(bytes.span.bytes) }
    }

    /// The length of what may stand before the text: white space, a quote, `data:audio/wav;base64,`.
    private static func prefixCount(_ head: [UInt8]) -> Int {
        let opening = head.prefix { $0 <= 32 || $0 == UInt8(ascii: "\"") }.count
        guard head.dropFirst(opening).starts(with: Array("data:".utf8)) else { return opening }
        guard let comma = head.firstIndex(of: UInt8(ascii: ",")) else { return opening }
        return comma + 1
    }

    /// The length of what may stand after the text: white space and a quote.
    private static func closingCount(_ text: [UInt8]) -> Int {
        text.reversed().prefix { $0 <= 32 || $0 == UInt8(ascii: "\"") }.count
    }
}
