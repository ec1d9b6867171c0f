import CTelephonyKernels
import RealModule
import TelephonyAudio

/// The last 25 ms of a stream, and what they hold of the eight frequencies.
struct DTMFWindow: Sendable {
    static let length = Int(TK_TONE_WINDOW)
    /// The window, and before it as much as the one before began earlier.
    private static let kept = length + DTMFDetector.hop
    private var samples = InlineArray<240, Int16>(repeating: 0)
    private var end = length
    /// How many samples there were since one that is loud enough for a key.
    private var quietCount = length

    /// Whether no sample is loud enough for a key, so that there is none, whatever the spectrum.
    var isQuiet: Bool { quietCount >= Self.length }

    /// Takes samples of the hop that goes on, or of the next one.
    mutating func append(_ added: Span<Int16>) {
        if end == Self.kept { forgetHop() }
        for index in added.indices { samples[unchecked: end + index] = added[unchecked: index] }
        end += added.count
        let loud = added.indices.last { added[unchecked: $0].magnitude >= DTMFSpectrum.quietMagnitude }
        quietCount = loud.map { added.count - 1 - $0 } ?? quietCount + added.count
    }

    private mutating func forgetHop() {
        end = Self.length
        var samples = samples.mutableSpan
        samples.withUnsafeMutableBufferPointer {
            $0.baseAddress!.update(from: $0.baseAddress! + DTMFDetector.hop, count: Self.length)
        }
    }

    /// The correlation of the window with each frequency, phases counted from the window's middle.
    ///
    /// - Parameter hopsAgo: 0 for the window that ends here, at the end of a hop; 1 for the one before.
    func spectrum(hopsAgo: Int = 0) -> DTMFSpectrum {
        var spectrum = tk_tone_spectrum()
        let start = (1 - hopsAgo) * DTMFDetector.hop
        DTMFTable.shared.values.withUnsafeBytes { table in
            samples.span.extracting(start..<(start + Self.length)).withUnsafeBufferPointer { window in
                tk_tones(table.assumingMemoryBound(to: tk_tone_table.self).baseAddress!, window.baseAddress!, &spectrum)
            }
        }
        return DTMFSpectrum(
            real: withUnsafeBytes(of: spectrum.real) { $0.loadUnaligned(as: SIMD8<Float>.self) },
            imaginary: withUnsafeBytes(of: spectrum.imaginary) { $0.loadUnaligned(as: SIMD8<Float>.self) },
            power: spectrum.power)
    }
}

/// A Hann window, and eight cosines and sines in its length.
struct DTMFTable: Sendable {
    static let shared = DTMFTable()

    /// Rows in the lower four lanes, columns in the upper.
    let frequencies: SIMD8<Float>
    /// A `tk_tone_table`, whose weights sum to 1 on both halves of the window.
    let values: [Float]

    private init() {
        let frequencies = DTMFKey.rows + DTMFKey.columns
        let length = DTMFWindow.length
        let rows = 0..<Int(TK_TONE_ROWS)
        /// What a row has in the window's first half.
        func value(_ row: Int, _ value: (Double) -> Double) -> Float {
            2 * row < length ? Float(value(Double(row) + 0.5 - Double(length) / 2)) : 0
        }
        func values(_ function: (Double) -> Double) -> [Float] {
            rows.flatMap { row in
                frequencies.map { frequency in
                    value(row) { function(2 * Double.pi * frequency * $0 / Double(PhoneAudio.sampleRate)) }
                }
            }
        }
        let weights = rows.map { value($0) { (1 + Double.cos(2 * Double.pi * $0 / Double(length))) / Double(length) } }
        self.values = weights + values(Double.cos) + values(Double.sin)
        self.frequencies = SIMD8(frequencies.map { Float($0) })
    }
}

/// What a window holds of the eight frequencies.
struct DTMFSpectrum: Sendable {
    let real: SIMD8<Float>
    let imaginary: SIMD8<Float>
    /// The mean square of all there is, weighted by the window.
    let power: Float

    // The limits of ITU-T Q.24, with the tolerance halfway between what must be taken and what must not.
    private static let tolerance: Float = 0.025
    /// Mean squares of a sine at -25 dBm0 less 2 dB, and at 0 dBm0 plus 3 dB; 0 dBm0 is 3.14 dB below a full-scale sine (ITU-T G.711).
    private static let levels = power(dBm0: -27)...power(dBm0: 3)
    /// The weighted power of samples that are all below it is below the lowest level, with a margin for rounding.
    static let quietMagnitude = UInt16((0.98 * levels.lowerBound).squareRoot().rounded(.up))
    private static let normalTwist: Float = 4.5
    private static let reverseTwist: Float = 8.5
    /// The part of the power that has to be in the two tones.
    private static let purity: Float = 0.7
    /// Less than the square of what a window shows of a tone that is as far off as it may be: 41 Hz, a bin.
    private static let lowestResponse: Float = 0.2

    private static func power(dBm0: Float) -> Float {
        32768 * 32768 / 2 * .pow(10, (dBm0 - 3.14) / 10)
    }

    /// The key whose two tones this is, given the window one hop before; nil if it is none.
    func key(after last: DTMFSpectrum) -> DTMFKey? {
        guard power > Self.levels.lowerBound else { return nil }
        let magnitudes = real * real + imaginary * imaginary
        let row = strongest(magnitudes.lowHalf)
        let column = strongest(magnitudes.highHalf)
        let largest = 2 * (magnitudes[row] + magnitudes[4 + column]) / Self.lowestResponse
        guard largest > Self.purity * power else { return nil }
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
