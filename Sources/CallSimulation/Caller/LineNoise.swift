import RealModule
import TelephonyAudio

/// Makes the noise of a line, sample by sample.
struct LineNoise {
    private let noise: CallerLine.Noise
    /// What a root mean square of 1 becomes.
    private let scale: Double
    private var random: SplitMix64
    private var pink = (0.0, 0.0, 0.0)
    private var brown = 0.0
    private var position = 0

    /// Nil if there is none on the line.
    init?(_ line: CallerLine) {
        guard let noise = line.noise else { return nil }
        self.noise = noise
        random = SplitMix64(seed: line.seed)
        scale = Level(dBov: line.level.dBov - line.signalToNoise).rootMeanSquare * 32768
    }

    /// The next sample, full scale 32768.
    mutating func next() -> Double {
        let value: Double
        switch noise {
        case .white: value = white()
        case .pink: value = filteredPink()
        case .brown:
            // Leaky, so that it does not wander off: (1 - 0.98^2) is what the leak leaves of the power.
            brown = 0.98 * brown + white() * (1 - 0.98 * 0.98).squareRoot()
            value = brown
        case .hum:
            let time = Double(position % 8000) / 8000
            position += 1
            // The odd harmonics of a rectifier; their amplitudes' squares are halved by the sine, and sum up to 1.
            value =
                [(50.0, 1.0), (150, 0.7), (250, 0.4), (350, 0.2)].reduce(0) { sum, part in
                    sum + part.1 * .sin(2 * .pi * part.0 * time)
                } / (1.69 / 2).squareRoot()
        }
        return value * scale
    }

    /// Even in ±sqrt(3), so that its mean square is 1.
    private mutating func white() -> Double { Double.random(in: -1...1, using: &random) * 3.0.squareRoot() }

    /// The economical filter of Paul Kellet: three poles that make -3 dB per octave within half a decibel.
    private mutating func filteredPink() -> Double {
        let white = white()
        pink.0 = 0.99765 * pink.0 + white * 0.0990460
        pink.1 = 0.96300 * pink.1 + white * 0.2965164
        pink.2 = 0.57000 * pink.2 + white * 1.0526913
        return (pink.0 + pink.1 + pink.2 + white * 0.1848) / Self.pinkGain
    }

    /// The root mean square of the filter's impulse response.
    private static let pinkGain: Double = {
        var (a, b, c) = (0.0990460, 0.2965164, 1.0526913)
        var power = (a + b + c + 0.1848) * (a + b + c + 0.1848)
        for _ in 0..<20_000 {
            (a, b, c) = (a * 0.99765, b * 0.963, c * 0.57)
            power += (a + b + c) * (a + b + c)
        }
        return power.squareRoot()
    }()
}
