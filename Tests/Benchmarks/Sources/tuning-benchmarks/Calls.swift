import ThresholdTuning

/// What answers a call, made by a seed: bursts like syllables, grouped into words, in noise.
struct Calls {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// Ten seconds, and whether there is talk on them: a short answer, or else a message, a tone or clicks.
    mutating func next(_ index: Int) -> (samples: [Int16], isTalk: Bool) {
        var samples = [Int16](repeating: 0, count: 80_000)
        let amplitude = 500 + below(8000)
        var position = 1000 + below(16_000)
        switch index % 4 {
        case 0, 1: say(2 + below(4), &position, amplitude, &samples)
        case 2:
            while position < samples.count {
                say(3 + below(8), &position, amplitude, &samples)
                position += 1600 + below(6400)
            }
        default:
            let isTone = index % 8 == 3
            while position < samples.count {
                let length = isTone ? 8000 : 200 + below(1200)
                burst(length, &position, amplitude, &samples)
                position += isTone ? 24_000 : 4000 + below(24_000)
            }
        }
        let noise = 2 + below(60)
        for place in samples.indices { samples[place] &+= Int16(below(2 * noise) - noise) }
        return (samples, index % 4 < 2)
    }

    /// Words: syllables of 80...250 ms, 20...150 ms apart.
    private mutating func say(_ syllables: Int, _ position: inout Int, _ amplitude: Int, _ samples: inout [Int16]) {
        for _ in 0..<syllables {
            burst(640 + below(1360), &position, amplitude / 2 + below(amplitude), &samples)
            position += 160 + below(1040)
        }
    }

    private mutating func burst(_ length: Int, _ position: inout Int, _ amplitude: Int, _ samples: inout [Int16]) {
        for place in position..<max(position, min(samples.count, position + length)) {
            samples[place] = Int16(below(2 * amplitude) - amplitude)
        }
        position += length
    }

    private mutating func below(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % limit
    }
}
