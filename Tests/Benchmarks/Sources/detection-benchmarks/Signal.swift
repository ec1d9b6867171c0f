/// What is measured on.
enum Signal {
    /// An hour of bursts of noise with pauses, 57.6 MB.
    static func hour() -> [Int16] {
        var state: UInt64 = 1
        func random() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        var samples: [Int16] = []
        samples.reserveCapacity(3600 * 8000)
        while samples.count < 3600 * 8000 {
            let amplitude = samples.count.isMultiple(of: 2) ? 4000 : 60
            let length = min(3600 * 8000 - samples.count, Int(random() % 12_000) + 801)
            for _ in 0..<length { samples.append(Int16(Int(random() % 2001) * amplitude / 1000 - amplitude)) }
        }
        return samples
    }
}
