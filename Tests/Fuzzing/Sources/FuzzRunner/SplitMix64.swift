/// A small generator whose every output follows from its seed (Steele, Lea and Flood, "Fast Splittable Pseudorandom
/// Number Generators", 2014).
package struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The generator of one input of a run: independent of all others, so that any input can be made alone.
    package init(seed: UInt64, index: Int) {
        var generator = SplitMix64(seed: seed)
        self.init(seed: generator.next() ^ UInt64(index) &* 0xD129_0D3E_3B5A_9F27)
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    /// A number in 0..<count.
    package mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }

    /// True once in so many times.
    package mutating func once(in count: Int) -> Bool { below(count) == 0 }

    /// One of some values.
    package mutating func pick<Values: RandomAccessCollection>(_ values: Values) -> Values.Element {
        values.randomElement(using: &self)!
    }
}
