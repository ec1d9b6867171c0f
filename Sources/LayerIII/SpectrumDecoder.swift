import Glibc

/// Decodes the Huffman codes of one channel of one granule, as far as lines are wanted.
final class SpectrumDecoder {
    /// The quantised values to the power of 4/3 with their signs, in the order of the stream: as many as were asked for.
    let values = UnsafeMutablePointer<Float>.allocate(capacity: Granule.lines + 4)

    private let bands: ScaleFactorBands
    private let powers = (0..<256).map { Float(power(of: $0)) }

    init(_ bands: ScaleFactorBands) {
        self.bands = bands
        values.initialize(repeating: 0, count: Granule.lines + 4)
    }

    deinit { values.deallocate() }

    private static func power(of value: Int) -> Double { Double(value) * cbrt(Double(value)) }

    /// Fills ``values``.
    ///
    /// - Parameters:
    ///   - bits: stands on the first code; where it stands afterwards says nothing.
    ///   - end: the place behind the last code.
    ///   - limit: how many values to decode, an even number; the others keep what they were.
    /// - Returns: false if the codes of pairs run past the end.
    func decode(_ channel: SideInformation.Channel, _ bits: inout BitReader, end: Int, limit: Int) -> Bool {
        let pairs = min(limit, 2 * channel.pairCount)
        let (first, second) = regions(channel)
        var line = 0
        decodePairs(&line, to: min(pairs, first), channel.tables.0, &bits, end)
        decodePairs(&line, to: min(pairs, second), channel.tables.1, &bits, end)
        decodePairs(&line, to: pairs, channel.tables.2, &bits, end)
        guard line == pairs, bits.position <= end else { return false }
        decodeQuadruples(&line, to: limit, HuffmanTable.quadruples[channel.quadrupleTable], &bits, end)
        while line < limit {
            values[line] = 0
            line += 1
        }
        return true
    }

    /// The lines at which the second and the third region begin.
    private func regions(_ channel: SideInformation.Channel) -> (Int, Int) {
        guard let regions = channel.regions else {
            return (channel.blockType == .short ? 3 * bands.short[3] : bands.long[8], Granule.lines)
        }
        let second = min(22, regions.first + regions.second + 2)
        return (bands.long[regions.first + 1], bands.long[second])
    }

    private func decodePairs(_ line: inout Int, to last: Int, _ table: Int, _ bits: inout BitReader, _ end: Int) {
        guard let table = HuffmanTable.pairs[table] else {
            while line < last {
                values[line] = 0
                line += 1
            }
            return
        }
        powers.withUnsafeBufferPointer { powers in
            let powers = powers.baseAddress!
            while line < last, bits.position <= end {
                // A pair has 19 + 2 * (13 + 1) bits at most, fewer than a window.
                var window = bits.window
                let entry = table.look(window)
                let length = UInt64(entry & 0xFF)
                window &<<= length
                bits.position &+= Int(length)
                let (x, y) = (Int(entry &>> 12 & 15), Int(entry &>> 8 & 15))
                values[line] = value(x, table.linearBits, powers, &window, &bits)
                values[line &+ 1] = value(y, table.linearBits, powers, &window, &bits)
                line &+= 2
            }
        }
    }

    /// A value with the linear bits and the sign that follow its code.
    @inline(__always)
    private func value(
        _ short: Int, _ linearBits: Int, _ powers: UnsafePointer<Float>, _ window: inout UInt64, _ bits: inout BitReader
    ) -> Float {
        var power = powers[short]
        if short == 15, linearBits > 0 {
            let long = 15 &+ Int(window &>> UInt64(64 &- linearBits))
            power = long < 256 ? powers[long] : Float(Self.power(of: long))
            window &<<= UInt64(linearBits)
            bits.position &+= linearBits
        }
        let signed = power.bitPattern | UInt32(truncatingIfNeeded: window &>> 32) & 0x8000_0000
        let signBits = short == 0 ? 0 : 1
        window &<<= UInt64(signBits)
        bits.position &+= signBits
        return Float(bitPattern: signed)
    }

    /// Decodes values 0 and ±1 in fours; one that is not whole is none.
    private func decodeQuadruples(
        _ line: inout Int, to last: Int, _ table: HuffmanTable, _ bits: inout BitReader, _ end: Int
    ) {
        while line < last, bits.position < end {
            var window = bits.window
            let entry = table.look(window)
            let magnitudes = entry &>> 8 & 15
            let length = Int(entry & 0xFF) &+ magnitudes.nonzeroBitCount
            bits.position &+= length
            guard bits.position <= end else { return }
            window &<<= UInt64(entry & 0xFF)
            for index in 0..<4 {
                let isOne = magnitudes &>> UInt32(3 &- index) & 1
                let sign = UInt32(truncatingIfNeeded: window &>> 32) & 0x8000_0000
                values[line &+ index] = Float(bitPattern: isOne &* 0x3F80_0000 | sign)
                window &<<= UInt64(isOne)
            }
            line &+= 4
        }
    }
}
