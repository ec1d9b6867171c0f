/// Mends the checksums of a damaged Ogg file (RFC 3533, section 6).
enum OggChecksums {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index) << 24) { crc, _ in crc >> 31 == 1 ? crc << 1 ^ 0x04C1_1DB7 : crc << 1 }
    }

    /// Gives every page that can be found its true checksum.
    static func mend(_ bytes: inout [UInt8]) {
        var start = 0
        while start + 27 <= bytes.count {
            let lacingEnd = start + 27 + Int(bytes[start + 26])
            guard bytes[start..<(start + 4)].elementsEqual("OggS".utf8), lacingEnd <= bytes.count else {
                start += 1
                continue
            }
            let end = bytes[(start + 27)..<lacingEnd].reduce(lacingEnd) { $0 + Int($1) }
            guard end <= bytes.count else { return }
            for index in 22..<26 { bytes[start + index] = 0 }
            let crc = bytes[start..<end].reduce(UInt32(0)) { $0 << 8 ^ table[Int($0 >> 24 ^ UInt32($1))] }
            for index in 0..<4 { bytes[start + 22 + index] = UInt8(truncatingIfNeeded: crc >> UInt32(8 * index)) }
            start = end
        }
    }
}
