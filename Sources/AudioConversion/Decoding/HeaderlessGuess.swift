import TelephonyAudio

/// What headerless audio most likely is, by what its bytes look like when they are read in each way: sound moves little from
/// one sample to the next, and misread bytes jump about.
struct HeaderlessGuess {
    /// The most likely format.
    let format: HeaderlessFormat

    /// A way to read bytes, and how rough they are then.
    private struct Reading {
        let encoding: HeaderlessFormat.Encoding
        let roughness: Double
    }

    /// Rougher than any speech, and than most music: noise, or something misread.
    private static let roughest = 0.6
    /// Speech that is smoother than this was sampled faster than 8000 times a second.
    private static let smoothAtHighRate = 0.05

    /// Guesses at a source.
    ///
    /// - Returns: nil if its bytes look like noise in whatever way they are read.
    init?(_ source: ByteSource) throws(ConversionError) {
        var bytes: [UInt8] = []
        // At an even place each, so that samples of two bytes are read right.
        for part in 0..<4 { bytes += try source.bytes(at: source.size / 4 * part / 2 * 2, count: 1 << 14) }
        let ways: [HeaderlessFormat.Encoding] = [.s16, .s16be, .ulaw, .alaw, .u8, .s8]
        let readings = ways.map { Reading(encoding: $0, roughness: Self.roughness(bytes, as: $0)) }
        guard let best = readings.min(by: { $0.roughness < $1.roughness }) else { return nil }
        // Silence is smooth in whatever way it is read.
        let likely = readings[0].roughness <= best.roughness + 0.02 ? readings[0] : best
        guard likely.roughness < Self.roughest else { return nil }
        let isFast = likely.encoding == .s16 || likely.encoding == .s16be
        let rate = isFast && likely.roughness > 0 && likely.roughness < Self.smoothAtHighRate ? 16_000 : 8000
        guard let format = HeaderlessFormat(likely.encoding, sampleRate: rate) else { return nil }
        self.format = format
    }

    /// The energy of the differences between neighbouring samples, relative to that of the samples: 0 for a constant, 1 for
    /// noise, in which neighbours have nothing to do with each other.
    private static func roughness(_ bytes: [UInt8], as encoding: HeaderlessFormat.Encoding) -> Double {
        guard let format = HeaderlessFormat(encoding, sampleRate: 8000),
            case .samples(let layout) = format.reading(size: bytes.count)
        else { return .infinity }
        let count = bytes.count / layout.encoding.bytesPerSample
        guard count > 1 else { return 0 }
        var samples = [Float](repeating: 0, count: count)
        bytes.withUnsafeBytes { bytes in
            samples.withUnsafeMutableBufferPointer { samples in
                let whole = UnsafeRawBufferPointer(rebasing: bytes[..<(count * layout.encoding.bytesPerSample)])
                layout.encoding.decode(whole, bigEndian: layout.isBigEndian, into: samples)
            }
        }
        let mean = samples.reduce(0.0) { $0 + Double($1) } / Double(count)
        let energy = samples.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let differences = zip(samples, samples.dropFirst()).reduce(0.0) { sum, pair in
            let step = Double(pair.1) - Double(pair.0)
            return sum + step * step
        }
        return energy > 0 ? differences / (2 * energy) : 0
    }
}
