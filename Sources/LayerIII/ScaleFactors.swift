/// The scale factors of one channel: 22 of long blocks, or 13 of three short blocks each, the last always 0.
struct ScaleFactors {
    /// By band, and in short blocks by window.
    private(set) var values = [Int](repeating: 0, count: 39)
    /// Whether those of the high bands are raised.
    private(set) var emphasizesHighBands = false

    /// How much the bands of long blocks are raised: ISO/IEC 11172-3, table 3-B.6.
    static let emphasis = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 3, 2, 0]

    /// The bits of a scale factor in the lower and in the upper bands: ISO/IEC 11172-3, 2.4.2.7.
    private static let sizes = [
        (0, 0), (0, 1), (0, 2), (0, 3), (3, 0), (1, 1), (1, 2), (1, 3),
        (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (4, 2), (4, 3),
    ]

    /// Reads those of MPEG-1, of which the second granule may keep some of the first.
    mutating func read(_ channel: SideInformation.Channel, _ bits: inout BitReader) {
        let (low, high) = Self.sizes[channel.scaleFactorSizes]
        emphasizesHighBands = channel.emphasizesHighBands
        if channel.blockType == .short {
            readGroup(0..<18, low, &bits)
            readGroup(18..<36, high, &bits)
            clear(from: 36)
        } else {
            for (group, range) in [0..<6, 6..<11, 11..<16, 16..<21].enumerated() {
                guard channel.sharedScaleFactors >> (3 - group) & 1 == 0 else { continue }
                readGroup(range, group < 2 ? low : high, &bits)
            }
            clear(from: 21)
        }
    }

    /// Reads those of MPEG-2 and 2.5: ISO/IEC 13818-3, 2.4.3.2, without intensity stereo.
    mutating func readLowRate(_ channel: SideInformation.Channel, _ bits: inout BitReader) {
        let isShort = channel.blockType == .short
        let code = channel.scaleFactorSizes
        let sizes: [Int]
        let counts: [Int]
        switch code {
        case ..<400:
            sizes = [code >> 4 / 5, code >> 4 % 5, code >> 2 & 3, code & 3]
            counts = isShort ? [9, 9, 9, 9] : [6, 5, 5, 5]
        case ..<500:
            sizes = [(code - 400) >> 2 / 5, (code - 400) >> 2 % 5, code & 3]
            counts = isShort ? [9, 9, 12, 6] : [6, 5, 7, 3]
        default:
            sizes = [(code - 500) / 3, (code - 500) % 3]
            counts = isShort ? [18, 18] : [11, 10]
        }
        emphasizesHighBands = code >= 500
        var start = 0
        for (group, count) in counts.enumerated() {
            readGroup(start..<(start + count), group < sizes.count ? sizes[group] : 0, &bits)
            start += count
        }
        clear(from: start)
    }

    private mutating func readGroup(_ range: Range<Int>, _ size: Int, _ bits: inout BitReader) {
        for index in range { values[index] = bits.read(size) }
    }

    private mutating func clear(from start: Int) {
        for index in start..<values.count { values[index] = 0 }
    }
}
