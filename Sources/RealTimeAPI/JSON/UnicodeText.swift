/// JSON text in the encodings that it may come in.
enum UnicodeText {
    /// A text in UTF-8, without a byte order mark; and what is unusual if it was in UTF-16, or had one.
    ///
    /// The platform's page does not say which encoding an answer has. RFC 8259, 8.1, wants UTF-8 without a mark, and many
    /// readers, PHP's among them, refuse all else.
    static func utf8(_ bytes: [UInt8]) -> (text: [UInt8], finding: Finding?) {
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xEF, 0xBB) where bytes.dropFirst(2).first == 0xBF:
            (Array(bytes.dropFirst(3)), .warning("begins with a byte order mark, which most readers of JSON refuse"))
        case (0xFE, 0xFF): utf16(bytes.dropFirst(2), isBigEndian: true)
        case (0xFF, 0xFE): utf16(bytes.dropFirst(2), isBigEndian: false)
        // What every response begins with.
        case (0, UInt8(ascii: "{")): utf16(bytes[...], isBigEndian: true)
        case (UInt8(ascii: "{"), 0): utf16(bytes[...], isBigEndian: false)
        default: (bytes, nil)
        }
    }

    /// What is no pair becomes U+FFFD, and half a unit at the end is left out.
    private static func utf16(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> (text: [UInt8], finding: Finding?) {
        let units = stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        let text = String(decoding: units, as: UTF16.self)
        return (
            Array(text.utf8),
            .warning("is in UTF-16; JSON is exchanged in UTF-8, and most readers refuse anything else")
        )
    }
}
