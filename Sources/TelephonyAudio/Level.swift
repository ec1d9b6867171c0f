import RealModule

/// The level of a signal in dBov: decibels relative to the overload point of the digital system (ITU-T G.100.1).
///
/// 0 dBov is the power of a full-scale square wave, amplitude 32768. A full-scale sine is -3.01 dBov; it is called
/// 0 dBFS where levels are given in dBFS (AES17), so dBov = dBFS - 3.01. The custom for telephony prompts is -26 dBov of
/// active speech level.
public struct Level: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The level in dBov; negative infinity is silence.
    public let dBov: Double

    /// A level given in dBov.
    ///
    /// - Parameter dBov: usually -90...0; negative infinity is silence.
    public init(dBov: Double) {
        self.dBov = dBov
    }

    /// The level of a mean square.
    ///
    /// - Parameter meanSquare: of samples with full scale 1.0; 0 or more.
    public init(meanSquare: Double) {
        self.init(dBov: 10 * .log10(meanSquare))
    }

    /// The root mean square that has this level, full scale 1.0.
    public var rootMeanSquare: Double {
        .pow(10, dBov / 20)
    }

    /// Whether one level is lower than another.
    public static func < (lower: Level, higher: Level) -> Bool {
        lower.dBov < higher.dBov
    }

    /// The level to a tenth of a decibel, as in `-26.0 dBov`.
    public var description: String {
        guard dBov.isFinite else { return dBov < 0 ? "-inf dBov" : "\(dBov) dBov" }
        let tenths = Int((abs(dBov) * 10).rounded())
        return "\(dBov < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10) dBov"
    }
}
