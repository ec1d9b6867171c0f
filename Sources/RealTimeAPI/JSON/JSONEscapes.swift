/// The escapes of JSON strings.
enum JSONEscapes {
    private static let single: [UInt8: UInt8] = [
        UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "/"): UInt8(ascii: "/"),
        UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]

    /// The length of the escape that text begins with.
    ///
    /// - Throws: if it is none.
    static func length(_ text: ArraySlice<UInt8>, at offset: Int) throws(JSONError) -> Int {
        let next = text.dropFirst().first
        if next == UInt8(ascii: "u") {
            let digits = text.dropFirst(2).prefix(4)
            guard digits.count == 4, digits.allSatisfy({ hexadecimal($0) != nil }) else {
                throw JSONError(offset: offset, reason: "\\u without four hexadecimal digits")
            }
            return 6
        }
        guard let next, single[next] != nil else { throw JSONError(offset: offset, reason: "an unknown escape") }
        return 2
    }

    /// Text without its escapes, which have been checked; half a surrogate pair becomes U+FFFD.
    static func decode(_ text: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        var units: [UInt16] = []
        var rest = text
        func flush() {
            if !units.isEmpty { decoded += String(decoding: units, as: UTF16.self).utf8 }
            units.removeAll()
        }
        while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
            if backslash > rest.startIndex {
                flush()
                decoded += rest[..<backslash]
                rest = rest[backslash...]
            }
            let next = rest[backslash + 1]
            if next == UInt8(ascii: "u") {
                units.append(rest.dropFirst(2).prefix(4).reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) })
                rest.removeFirst(6)
            } else {
                flush()
                decoded.append(single[next] ?? next)
                rest.removeFirst(2)
            }
        }
        flush()
        decoded += rest
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt16? {
        switch byte {
        case 48...57: UInt16(byte - 48)
        case 65...70: UInt16(byte - 55)
        case 97...102: UInt16(byte - 87)
        default: nil
        }
    }
}
