import RealModule
public import TelephonyAudio

/// The mean magnitude of the samples of a frame, the unit of Asterisk's silence threshold.
///
/// It is rounded down to an integer, as Asterisk does, and lies in 0...32768. Shown in dBov it is relative to 32768, the
/// mean magnitude of a full-scale square wave: for speech that is some 3 dB below what the power would give.
public struct MeanMagnitude: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The magnitude, 0...32768.
    public let rawValue: Int

    /// A magnitude; nil outside 0...32768.
    public init?(rawValue: Int) {
        guard (0...32768).contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// The lowest magnitude that is not below a level.
    ///
    /// As a threshold it stands for the level itself: an integer is below the one if and only if it is below the other.
    ///
    /// - Parameter level: relative to 32768; nil above 0 dBov.
    public init?(_ level: Level) {
        // The tolerance lets a level that was printed from a magnitude give that magnitude again.
        let magnitude = (32768 * Double.pow(10, level.dBov / 20) - 1e-9).rounded(.up)
        guard magnitude.isFinite, magnitude <= 32768 else { return nil }
        self.init(rawValue: Int(magnitude))
    }

    init(_ unchecked: UInt16) {
        rawValue = Int(unchecked)
    }

    /// In dBov, relative to 32768; negative infinity for 0.
    public var level: Level {
        Level(dBov: 20 * .log10(Double(rawValue) / 32768))
    }

    /// Whether one magnitude is lower than another.
    public static func < (lower: MeanMagnitude, higher: MeanMagnitude) -> Bool {
        lower.rawValue < higher.rawValue
    }

    /// Both units, as in `512 (-36.1 dBov)`.
    public var description: String { "\(rawValue) (\(level))" }
}
