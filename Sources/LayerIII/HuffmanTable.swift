/// A Huffman code as a table for looking up eight bits, then the rest.
///
/// An entry whose highest bit is 0 is a code word: its length in the lowest byte, x and y, four bits each, above. Another is
/// a reference to the entries for the bits that follow: how many bits in the lowest byte, the first entry above.
struct HuffmanTable: @unchecked Sendable {
    /// Never written once they are there, nor freed: that is why they may be shared.
    let entries: UnsafePointer<UInt32>
    /// How many bits follow a value of 15.
    let linearBits: Int

    private static let reference: UInt32 = 1 << 31

    /// The tables by their number in a stream; nil where all values are 0.
    static let pairs: [HuffmanTable?] = {
        let linearBits = [1, 2, 3, 4, 6, 8, 10, 13, 4, 5, 6, 7, 8, 9, 11, 13]
        let plain = HuffmanCodes.pairs.mapValues { HuffmanTable($0) }
        return (0..<32).map { number in
            guard number >= 16 else { return plain[number] }
            return HuffmanTable(
                entries: plain[number < 24 ? 16 : 24]!.entries, linearBits: linearBits[number - 16])
        }
    }()

    /// The two tables of quadruples.
    static let quadruples = HuffmanCodes.quadruples.map { HuffmanTable($0) }

    private init(entries: UnsafePointer<UInt32>, linearBits: Int) {
        self.entries = entries
        self.linearBits = linearBits
    }

    /// - Parameter text: the code words as ``HuffmanCodes`` writes them.
    private init(_ text: String) {
        let digits = text.utf8.map { UInt32($0) - ($0 < 0x60 ? 0x30 : 0x61 - 10) }
        var words: [(code: UInt32, length: UInt32, values: UInt32)] = []
        var next: UInt32 = 0
        for index in stride(from: 0, to: digits.count, by: 3) {
            let length = digits[index + 2]
            words.append((next, length, digits[index] << 12 | digits[index + 1] << 8))
            next &+= 1 << (32 - length)
        }
        var table = [UInt32](repeating: 0, count: 256)
        Self.fill(&table, at: 0, bits: 8, words[...], depth: 0)
        let entries = UnsafeMutablePointer<UInt32>.allocate(capacity: table.count)
        entries.initialize(from: table, count: table.count)
        self.init(entries: entries, linearBits: 0)
    }

    /// Fills the entries for `bits` bits behind the first `depth` bits, which all the words share.
    private static func fill(
        _ table: inout [UInt32], at start: Int, bits: UInt32,
        _ words: ArraySlice<(code: UInt32, length: UInt32, values: UInt32)>, depth: UInt32
    ) {
        func slot(_ code: UInt32) -> Int { Int((code << depth) >> (32 - bits)) }
        var rest = words
        while let word = rest.first {
            let first = slot(word.code)
            if word.length <= depth + bits {
                for index in 0..<(1 << Int(depth + bits - word.length)) {
                    table[start + first + index] = word.values | word.length
                }
                rest.removeFirst()
            } else {
                let group = rest.prefix { slot($0.code) == first }
                let width = group.map(\.length).max()! - depth - bits
                table[start + first] = Self.reference | UInt32(table.count) << 8 | width
                table += [UInt32](repeating: 0, count: 1 << Int(width))
                fill(&table, at: table.count - (1 << Int(width)), bits: width, group, depth: depth + bits)
                rest = rest.dropFirst(group.count)
            }
        }
    }

    /// The entry of the code word at the top of a window.
    @inline(__always)
    func look(_ window: UInt64) -> UInt32 {
        let entry = entries[Int(window &>> 56)]
        guard entry & Self.reference != 0 else { return entry }
        let offset = Int((entry ^ Self.reference) &>> 8)
        return entries[offset &+ Int((window &<< 8) &>> UInt64(64 &- (entry & 0xFF)))]
    }
}
