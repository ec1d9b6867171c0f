/// Silence, noise, a voice of pulses through two resonances, and a square tone, in integers alone.
///
/// `signal` of Tests/DetectionCorpus/export.py is the same, so that the network in Swift and that in numpy can be compared.
enum AdaptiveSignal {
    static let samples: [Int16] = {
        var (state, resonances) = (1, [Resonance(), Resonance()])
        return (0..<32_000).map { n in
            state = (state * 1_103_515_245 + 12_345) % (1 << 31)
            let section = n / 4000
            let isVoiced = [2, 3, 6].contains(section) && n % 900 > 100
            var value = isVoiced && n % (60 + n / 400 % 13) == 0 ? 6000 : (state >> 16) % 65 - 32
            for (index, vowel) in vowels[n / 900 % 4].enumerated() { value = resonances[index].pass(value, vowel) }
            let tone = section == 4 && n % 19 < 9 ? 3000 : 0
            return Int16(clamping: section == 0 ? 0 : (value >> 3) + tone)
        }
    }()

    /// Two resonances for each of four syllables.
    private static let vowels = [
        [(a: 7300, b: 3800), (a: 2500, b: 3500)], [(a: 6300, b: 3700), (a: 400, b: 3500)],
        [(a: 7600, b: 3900), (a: -1500, b: 3600)], [(a: 7000, b: 3800), (a: 4200, b: 3500)],
    ]

    private struct Resonance {
        var last = (0, 0)

        mutating func pass(_ value: Int, _ vowel: (a: Int, b: Int)) -> Int {
            last = (value + ((vowel.a * last.0 - vowel.b * last.1) >> 12), last.0)
            return last.0
        }
    }
}
