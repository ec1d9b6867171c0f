/// SplitMix64 (Steele, Lea and Flood, 2014): what is drawn depends on the seed alone, on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// Nearly Gaussian, of mean 0 and a standard deviation of 65536: the sum of twelve 16-bit numbers.
    mutating func nextNoise() -> Int32 {
        var sum: UInt64 = 0
        for _ in 0..<3 {
            let bits = next()
            // Four numbers of 16 bits, added in pairs.
            let pairs = (bits & 0x0000_FFFF_0000_FFFF) + (bits >> 16 & 0x0000_FFFF_0000_FFFF)
            sum += (pairs & 0xFFFF_FFFF) + (pairs >> 32)
        }
        return Int32(truncatingIfNeeded: sum) - 6 * 65_535
    }
}
