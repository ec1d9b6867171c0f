import TelephonyAudio
import Testing

/// Audio that is kept, within a bound.
@Suite struct AudioCacheTests {
    @Test func `what was not used for longest goes first`() {
        let cache = AudioCache<String, Int>(maximumByteCount: 30)
        for (index, key) in ["a", "b", "c"].enumerated() { cache.insert(index, for: key, byteCount: 10) }
        #expect(cache.value(for: "a") == 0)
        cache.insert(3, for: "d", byteCount: 10)
        #expect(cache.value(for: "b") == nil)
        #expect(["a", "c", "d"].map { cache.value(for: $0) } == [0, 2, 3])
        cache.insert(4, for: "e", byteCount: 20)
        #expect(["a", "c", "d", "e"].map { cache.value(for: $0) } == [nil, nil, 3, 4])
    }

    @Test func `what is larger than the bound is not kept, and takes nobody's place`() {
        let cache = AudioCache<Int, String>(maximumByteCount: 10)
        cache.insert("small", for: 1, byteCount: 10)
        cache.insert("large", for: 2, byteCount: 11)
        #expect(cache.value(for: 2) == nil && cache.value(for: 1) == "small")
        cache.insert("larger", for: 1, byteCount: 11)
        #expect(cache.value(for: 1) == nil)
        let none = AudioCache<Int, String>(maximumByteCount: 0)
        none.insert("a", for: 1, byteCount: 1)
        #expect(none.value(for: 1) == nil)
    }

    @Test func `it keeps what a list in the order of use keeps`() {
        var random = SplitMix64(seed: 7)
        let cache = AudioCache<Int, Int>(maximumByteCount: 100)
        // The oldest first.
        var expected: [(key: Int, value: Int, byteCount: Int)] = []
        for step in 0..<20_000 {
            let key = Int(random.next() % 20)
            if random.next() % 2 == 0 {
                let value = expected.first { $0.key == key }
                #expect(cache.value(for: key) == value?.value)
                expected.removeAll { $0.key == key }
                if let value { expected.append(value) }
            } else {
                let count = Int(random.next() % 30)
                cache.insert(step, for: key, byteCount: count)
                expected.removeAll { $0.key == key }
                expected.append((key, step, count))
                while expected.reduce(0, { $0 + $1.byteCount }) > 100 { expected.removeFirst() }
            }
        }
        for item in expected { #expect(cache.value(for: item.key) == item.value) }
    }
}
