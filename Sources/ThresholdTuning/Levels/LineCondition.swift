import RealModule

/// How a telephone line changes a recording: a gain, with clipping, and noise added after it.
public struct LineCondition: Sendable, Hashable {
    /// The gain in decibels, -60...60.
    public let gain: Int
    /// The level of white Gaussian noise in dBov (its power), -90...0; nil is none.
    public let noise: Int?

    /// A condition; nil outside the ranges.
    public init?(gain: Int, noise: Int?) {
        guard (-60...60).contains(gain), noise.map((-90...0).contains) ?? true else { return nil }
        self.gain = gain
        self.noise = noise
    }

    /// The recording as it is.
    public static let unchanged = LineCondition(gain: 0, noise: nil)!

    /// Those that parameters are scored under: gains of -6, 0 and +6 dB, each without noise, with noise of -60 and of
    /// -50 dBov: a quiet line and a bad one.
    public static let standard: [LineCondition] = [-6, 0, 6].flatMap { gain in
        [nil, -60, -50].map { LineCondition(gain: gain, noise: $0)! }
    }

    /// The gain as a factor of 32768, rounded: all else is done in integers, so that it is the same on every machine.
    var factor: Int32 { Int32((32768 * Double.pow(10, Double(gain) / 20)).rounded()) }

    /// The root mean square of the noise, in 256ths of a sample's step.
    var noiseAmplitude: Int64 { noise.map { Int64((256 * 32768 * Double.pow(10, Double($0) / 20)).rounded()) } ?? 0 }
}

extension LineCondition: CustomStringConvertible {
    /// As in `+6 dB, noise of -50 dBov`.
    public var description: String {
        let gain = "\(gain > 0 ? "+" : "")\(gain) dB"
        return noise.map { "\(gain), noise of \($0) dBov" } ?? "\(gain), no noise"
    }
}
