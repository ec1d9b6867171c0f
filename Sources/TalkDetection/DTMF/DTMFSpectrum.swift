import RealModule
import TelephonyAudio

/// The last 25 ms of a stream, and what they hold of the eight frequencies.
struct DTMFWindow: Sendable {
    static let length = 200
    /// The window, and as much before it as the one before began earlier.
    private static let kept = length + DTMFDetector.hop
    /// The last samples, twice, so that each window is in one piece: the oldest at `next`.
    private var samples = [Float](repeating: 0, count: 2 * kept)
    private var next = 0
    /// How many samples there were since one that is loud enough for a key.
    private var quietCount = length

    /// Whether no sample is loud enough for a key, so that there is none, whatever the spectrum.
    var isQuiet: Bool { quietCount >= Self.length }

    mutating func append(_ added: Span<Int16>) {
        let quiet = DTMFSpectrum.quietMagnitude
        for index in added.indices {
            let sample = Float(added[index])
            samples[next] = sample
            samples[next + Self.kept] = sample
            next = next + 1 == Self.kept ? 0 : next + 1
            quietCount = abs(sample) < quiet ? quietCount + 1 : 0
        }
    }

    /// The correlation of the window with each frequency, phases counted from the window's beginning.
    ///
    /// - Parameter hopsAgo: 0 for the window that ends here, 1 for the one before.
    func spectrum(hopsAgo: Int = 0) -> DTMFSpectrum {
        var spectrum = DTMFSpectrum()
        let table = DTMFTable.shared
        let taps = table.taps.span
        let start = next + (1 - hopsAgo) * DTMFDetector.hop
        let window = samples.span.extracting(start..<(start + Self.length))
        for index in window.indices {
            let sample = window[unchecked: index]
            let windowed = sample * taps[unchecked: index].weight
            spectrum.power += windowed * sample
            spectrum.real += windowed * taps[unchecked: index].cosine
            spectrum.imaginary -= windowed * taps[unchecked: index].sine
        }
        return spectrum
    }
}

/// A Hann window, and eight cosines and sines in its length.
struct DTMFTable: Sendable {
    struct Tap: Sendable {
        let weight: Float
        let cosine: SIMD8<Float>
        let sine: SIMD8<Float>
    }

    static let shared = DTMFTable()

    /// Rows in the lower four lanes, columns in the upper.
    let frequencies: SIMD8<Float>
    /// The weights sum to 1.
    let taps: [Tap]

    private init() {
        let frequencies = DTMFKey.rows + DTMFKey.columns
        let length = DTMFWindow.length
        taps = (0..<length).map { n in
            let angles = frequencies.map { 2 * Double.pi * $0 * Double(n) / Double(PhoneAudio.sampleRate) }
            let hann = 1 - Double.cos(2 * Double.pi * (Double(n) + 0.5) / Double(length))
            return Tap(
                weight: Float(hann / Double(length)),
                cosine: SIMD8(angles.map { Float(Double.cos($0)) }),
                sine: SIMD8(angles.map { Float(Double.sin($0)) })
            )
        }
        self.frequencies = SIMD8(frequencies.map { Float($0) })
    }
}

/// What a window holds of the eight frequencies.
struct DTMFSpectrum: Sendable {
    var real = SIMD8<Float>()
    var imaginary = SIMD8<Float>()
    /// The mean square of all there is, weighted by the window.
    var power: Float = 0

    // The limits of ITU-T Q.24, with the tolerance halfway between what must be taken and what must not.
    private static let tolerance: Float = 0.025
    /// Mean squares of a sine at -25 dBm0 less 2 dB, and at 0 dBm0 plus 3 dB; 0 dBm0 is 3.14 dB below a full-scale sine (ITU-T G.711).
    private static let levels = power(dBm0: -27)...power(dBm0: 3)
    /// The weighted power of samples that are all below it is below the lowest level, with a margin for rounding.
    static let quietMagnitude = (0.98 * levels.lowerBound).squareRoot()
    private static let normalTwist: Float = 4.5
    private static let reverseTwist: Float = 8.5
    /// The part of the power that has to be in the two tones.
    private static let purity: Float = 0.7

    private static func power(dBm0: Float) -> Float {
        32768 * 32768 / 2 * .pow(10, (dBm0 - 3.14) / 10)
    }

    /// The key whose two tones this is, given the window one hop before; nil if it is none.
    func key(after last: DTMFSpectrum) -> DTMFKey? {
        guard power > Self.levels.lowerBound else { return nil }
        let magnitudes = real * real + imaginary * imaginary
        let row = strongest(magnitudes.lowHalf)
        let column = strongest(magnitudes.highHalf)
        guard let low = tone(row, after: last), let high = tone(4 + column, after: last) else { return nil }
        let twist = 10 * Float.log10(high / low)
        guard twist < Self.normalTwist, twist > -Self.reverseTwist, low + high > Self.purity * power else { return nil }
        return DTMFKey(row: row, column: column)
    }

    private func strongest(_ magnitudes: SIMD4<Float>) -> Int {
        (0..<4).max { magnitudes[$0] < magnitudes[$1] }!
    }

    /// The mean square of the tone near one of the frequencies; nil if its frequency or its level is off.
    private func tone(_ lane: Int, after last: DTMFSpectrum) -> Float? {
        // The product with the conjugate of the last window's correlation has the phase by which the tone advanced.
        let x = real[lane] * last.real[lane] + imaginary[lane] * last.imaginary[lane]
        let y = imaginary[lane] * last.real[lane] - real[lane] * last.imaginary[lane]
        let nominal = DTMFTable.shared.frequencies[lane]
        let turns = Float(DTMFDetector.hop) / Float(PhoneAudio.sampleRate)
        let advance = Float.atan2(y: y, x: x) / (2 * .pi)
        let expected = nominal * turns
        let offset = (advance - expected - (advance - expected).rounded()) / turns
        guard abs(offset) < Self.tolerance * nominal else { return nil }
        // What a Hann window shows of a tone that is off by a part of a bin: sinc(d) / (1 - d^2).
        let bins = offset * Float(DTMFWindow.length) / Float(PhoneAudio.sampleRate)
        let angle = Float.pi * bins
        let response = abs(bins) < 1e-3 ? 1 : Float.sin(angle) / angle / (1 - bins * bins)
        let power = 2 * (real[lane] * real[lane] + imaginary[lane] * imaginary[lane]) / (response * response)
        return Self.levels.contains(power) ? power : nil
    }
}
