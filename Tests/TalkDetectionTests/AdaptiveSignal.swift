/// Silence, noise, a voice of pulses through two resonances, and a square tone, in integers alone.
///
/// `signal` of Tests/DetectionCorpus/export.py is the same, so that the network in Swift and that in numpy can be compared.
enum AdaptiveSignal {
    static let samples: [Int16] = {
        var (state, resonances) = (1, [Resonance(a: 6900, b: 3900), Resonance(a: 2500, b: 3600)])
        return (0..<32_000).map { n in
            state = (state * 1_103_515_245 + 12_345) % (1 << 31)
            let section = n / 4000
            let isVoiced = [2, 3, 6].contains(section) && n / 1000 % 4 != 3
            var value = isVoiced && n % (60 + n / 400 % 13) == 0 ? 6000 : (state >> 16) % 65 - 32
            for index in resonances.indices { value = resonances[index].pass(value) }
            let tone = section == 4 && n % 19 < 9 ? 3000 : 0
            return Int16(clamping: section == 0 ? 0 : (value >> 3) + tone)
        }
    }()

    private struct Resonance {
        let a: Int
        let b: Int
        var last = (0, 0)

        mutating func pass(_ value: Int) -> Int {
            last = (value + ((a * last.0 - b * last.1) >> 12), last.0)
            return last.0
        }
    }
}
