/// Text in a journal: ASCII that no JSON writer escapes, so that it comes back byte for byte.
enum JournalText {
    /// What separates fields and entries.
    static let separator = UInt8(ascii: ".")

    /// A number below 16 as a digit.
    private static func digit(_ number: UInt8) -> UInt8 {
        number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") - 10 + number
    }

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
        bytes.append(digit(byte >> 4))
        bytes.append(digit(byte & 15))
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
        (0..<8).map { digit(UInt8(number >> (28 - 4 * $0) & 15)) }
    }

    /// The number of hexadecimal digits, of which there is at least one.
    ///
    /// Nil if there are others, or more than eight.
    static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
        guard (1...8).contains(digits.count) else { return nil }
        var number: UInt32 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt32(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}
