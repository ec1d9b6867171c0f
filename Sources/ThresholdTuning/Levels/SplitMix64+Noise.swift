import TelephonyAudio

extension SplitMix64 {
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
