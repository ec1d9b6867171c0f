/// Base64 with the standard alphabet and padding (RFC 4648, section 4), in pieces of any length.
public enum Base64 {
    private static let alphabet = [UInt8]("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The value of each character, 255 where it is not of the alphabet.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// The same, with the last two of the alphabet for addresses and file names as well (RFC 4648, section 5).
    private static let lenientValues: [UInt8] = {
        var values = Base64.values
        values[Int(UInt8(ascii: "-"))] = 62
        values[Int(UInt8(ascii: "_"))] = 63
        return values
    }()

    /// The number of characters that encode a number of bytes.
    ///
    /// - Parameter byteCount: bytes to encode.
    /// - Returns: the padded length, a multiple of 4.
    public static func encodedCount(_ byteCount: Int) -> Int {
        (byteCount + 2) / 3 * 4
    }

    /// Encodes bytes as one line of text.
    ///
    /// - Parameter bytes: what to encode; may be empty.
    /// - Returns: padded base64 without line breaks.
    public static func encode(_ bytes: RawSpan) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the encoding of bytes; pieces concatenate to one encoding if every piece but the last is a multiple of 3
    /// bytes long.
    ///
    /// - Parameters:
    ///   - bytes: what to encode.
    ///   - text: receives ASCII characters.
    public static func append(_ bytes: RawSpan, to text: inout [UInt8]) {
        text.reserveCapacity(text.count + encodedCount(bytes.byteCount))
        alphabet.withUnsafeBufferPointer { alphabet in
            var index = 0
            while index + 3 <= bytes.byteCount {
                let group = bytes.group(at: index, count: 3)
                text.append(alphabet[group >> 18])
                text.append(alphabet[group >> 12 & 63])
                text.append(alphabet[group >> 6 & 63])
                text.append(alphabet[group & 63])
                index += 3
            }
            let rest = bytes.byteCount - index
            guard rest > 0 else { return }
            let group = bytes.group(at: index, count: rest)
            text.append(alphabet[group >> 18])
            text.append(alphabet[group >> 12 & 63])
            text.append(rest == 2 ? alphabet[group >> 6 & 63] : padding)
            text.append(padding)
        }
    }

    /// Decodes text that arrives in pieces, skipping white space.
    public struct Decoder: Sendable {
        private var group = 0
        private var digits = 0
        private var pads = 0
        private let values: [UInt8]

        /// A decoder at the start of a text.
        ///
        /// - Parameter acceptsURLSafe: whether `-` and `_` may stand for `+` and `/`, as in addresses.
        public init(acceptsURLSafe: Bool = false) { values = acceptsURLSafe ? Base64.lenientValues : Base64.values }

        /// Decodes the next piece.
        ///
        /// - Parameters:
        ///   - text: ASCII characters; space, tab, CR and LF are skipped.
        ///   - bytes: receives what is complete.
        /// - Returns: false at the first character that base64 can't have there.
        public mutating func append(_ text: RawSpan, to bytes: inout [UInt8]) -> Bool {
            for index in 0..<text.byteCount {
                let character = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
                switch character {
                case 9, 10, 13, 32: continue
                case Base64.padding:
                    guard digits + pads >= 2, digits + pads < 4 else { return false }
                    pads += 1
                default:
                    let value = values[Int(character)]
                    guard value != 255, pads == 0 else { return false }
                    group = group << 6 | Int(value)
                    digits += 1
                    if digits == 4 { flush(to: &bytes) }
                }
            }
            return true
        }

        /// Ends the text and decodes its last, padded or unpadded, group.
        ///
        /// - Parameter bytes: receives the last one or two bytes, if any.
        /// - Returns: false if the text ends within a group.
        public mutating func finish(into bytes: inout [UInt8]) -> Bool {
            guard digits != 1, pads == 0 || digits + pads == 4 else { return false }
            if digits > 0 { flush(to: &bytes) }
            return true
        }

        private mutating func flush(to bytes: inout [UInt8]) {
            let aligned = group << (6 * (4 - digits))
            for byte in 0..<(digits - 1) { bytes.append(UInt8(truncatingIfNeeded: aligned >> (16 - 8 * byte))) }
            group = 0
            digits = 0
        }
    }
}

extension RawSpan {
    /// Up to three bytes as one 24-bit number, the first on top.
    fileprivate func group(at index: Int, count: Int) -> Int {
        var group = 0
        for offset in 0..<count {
            group |= Int(unsafeLoad(fromUncheckedByteOffset: index + offset, as: UInt8.self)) << (16 - 8 * offset)
        }
        return group
    }
}
