import FuzzRunner

/// Damages files in the ways that break parsers.
struct Mutator {
    private var random: SplitMix64
    private let seeds: Seeds

    /// The longest input it makes.
    private static let maximumSize = 1 << 18
    private static let interesting: [UInt64] = [
        0, 1, 2, 3, 4, 7, 8, 16, 44, 100, 127, 128, 255, 256, 1000, 1024, 1025, 8000, 32_767, 32_768, 65_535, 65_536,
        768_001, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 40, .max >> 1, 1 << 63, .max, .max - 1, .max - 7,
    ]

    init(seeds: Seeds, random: SplitMix64) {
        self.seeds = seeds
        self.random = random
    }

    /// A damaged copy of a file, after 0 to 8 mutations; few are left whole.
    mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        let count = random.once(in: 40) ? 0 : 1 + random.below(random.once(in: 2) ? 2 : 8)
        for _ in 0..<count { mutateOnce(&bytes) }
        if bytes.count > Self.maximumSize { bytes.removeLast(bytes.count - Self.maximumSize) }
        // Else the checksum would keep nearly all mutants from the decoders.
        if bytes.starts(with: Array("OggS".utf8)), !random.once(in: 4) { OggChecksums.mend(&bytes) }
        return bytes
    }

    private mutating func mutateOnce(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes = extra()
            return
        }
        switch random.below(16) {
        case 0, 1, 2: bytes[place(bytes)] ^= 1 << UInt8(random.below(8))
        case 3, 4: bytes[place(bytes)] = UInt8(truncatingIfNeeded: random.next())
        case 5, 6, 7, 8: putInteger(&bytes)
        case 9: bytes.removeLast(bytes.count - random.below(bytes.count))
        case 10: bytes += extra()
        case 11: bytes.removeSubrange(chunk(bytes))
        case 12: bytes.insert(contentsOf: bytes[chunk(bytes)], at: place(bytes))
        case 13: splice(&bytes)
        case 14:
            let value: UInt8 = random.pick([0, 0, 0xFF, 0x80, 0x20])
            for index in chunk(bytes) { bytes[index] = value }
        default: for index in chunk(bytes) { bytes[index] = UInt8(truncatingIfNeeded: random.next()) }
        }
    }

    /// A place in a file, two times of three in its header.
    private mutating func place(_ bytes: [UInt8]) -> Int {
        random.once(in: 3) ? random.below(bytes.count) : random.below(min(bytes.count, random.once(in: 2) ? 64 : 256))
    }

    /// A piece of a file, mostly short.
    private mutating func chunk(_ bytes: [UInt8]) -> Range<Int> {
        let start = place(bytes)
        let longest = min(bytes.count - start, random.pick([4, 8, 32, 256, 4096]))
        return start..<(start + 1 + random.below(longest))
    }

    /// Writes a number that parsers stumble over, 1, 2, 4 or 8 bytes wide, in either order, at times aligned.
    private mutating func putInteger(_ bytes: inout [UInt8]) {
        let width = random.pick([1, 2, 2, 4, 4, 4, 8])
        let value = random.once(in: 8) ? UInt64(bytes.count) &- UInt64(random.below(16)) : random.pick(Self.interesting)
        var digits = (0..<width).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
        if random.once(in: 2) { digits.reverse() }
        var start = place(bytes)
        if !random.once(in: 3) { start -= start % width }
        for (offset, digit) in digits.enumerated() where start + offset < bytes.count { bytes[start + offset] = digit }
    }

    /// Goes on with the content of another file.
    private mutating func splice(_ bytes: inout [UInt8]) {
        let other = seeds.pickNative(&random).bytes
        guard !other.isEmpty else { return }
        let cut = place(bytes)
        let from = random.once(in: 2) ? min(cut, other.count - 1) : random.below(other.count)
        bytes = Array(bytes[..<cut]) + other[from...]
    }

    /// Some bytes to put behind a file.
    private mutating func extra() -> [UInt8] {
        let count = 1 + random.below(random.pick([4, 64, 4096, 65_536]))
        if random.once(in: 2) { return [UInt8](repeating: random.pick([0, 0xFF, 0x20]), count: count) }
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }
}
