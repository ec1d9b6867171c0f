/// Numbers at random that are the same for the same seed, on every machine: for noise, and for tests (Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", 2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator; every seed is as good as any other.
    package init(seed: UInt64) { state = seed }

    /// The next number.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next number, between -1 and 1.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-52 - 1 }
}
