/// Text in a journal: ASCII that no JSON writer escapes, so that it comes back byte for byte.
enum JournalText {
    /// What separates fields and entries.
    static let separator = UInt8(ascii: ".")
    private static let hexadecimal = Array("0123456789abcdef".utf8)

    /// Appends text, with a `%` and two digits for every byte that would not survive.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        for byte in text.utf8 {
            if isPlain(byte) {
                bytes.append(byte)
            } else {
                bytes.append(UInt8(ascii: "%"))
                append(hexadecimal: byte, to: &bytes)
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): false
        default: (33...126).contains(byte)
        }
    }

    /// The text of bytes that ``append(_:to:)`` wrote.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = number(rest.prefix(2)) {
                decoded.append(UInt8(value))
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Appends a byte as two digits.
    static func append(hexadecimal byte: UInt8, to bytes: inout [UInt8]) {
        bytes += [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
    }

    /// The bytes of pairs of digits; nil if there are others.
    static func bytes(hexadecimal text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: text.startIndex, to: text.endIndex, by: 2) {
            guard let value = number(text[index..<index + 2]) else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    /// Eight hexadecimal digits.
    static func digits(_ number: UInt32) -> [UInt8] {
        (0..<8).map { hexadecimal[Int(number >> (28 - 4 * $0) & 15)] }
    }

    /// The number of hexadecimal digits, of which there is at least one.
    static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
