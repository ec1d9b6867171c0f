/// Looks for what is special in a text, of which audio is a megabyte.
enum PlainText {
    /// The place of the first byte that is a quotation mark, a backslash, a control character or no ASCII; or else the end.
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int { end(in: text, from: start, mark) }

    /// The place of the first byte that has a mark other than 0; or else the end.
    @inline(__always)
    static func end(in text: UnsafeBufferPointer<UInt8>, from start: Int, _ mark: (UInt8) -> UInt8) -> Int {
        var index = start
        // Blocks without a way out, of which the compiler makes vectors.
        while index + 64 <= text.count {
            var special: UInt8 = 0
            for offset in 0..<64 { special |= mark(text[index &+ offset]) }
            if special != 0 { break }
            index += 64
        }
        while index < text.count, mark(text[index]) == 0 { index += 1 }
        return index
    }

    /// 0 for a byte that is not special.
    @inline(__always)
    private static func mark(_ byte: UInt8) -> UInt8 {
        // 32...127 become 0...95.
        (byte &- 32 > 95 ? 1 : 0) | (byte == UInt8(ascii: "\"") ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
    }
}
