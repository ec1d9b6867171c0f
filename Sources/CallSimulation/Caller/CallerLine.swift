public import TelephonyAudio

/// What a line makes of a voice: its level, noise, and the network's code.
public struct CallerLine: Sendable, Hashable {
    /// The noise that is heard with the voice.
    public enum Noise: String, Sendable, Hashable, CaseIterable {
        /// Even over all frequencies, as of electronics.
        case white
        /// 3 dB less per octave, as of streets and rooms.
        case pink
        /// 6 dB less per octave, as of wind and engines.
        case brown
        /// Mains at 50 Hz, with its harmonics.
        case hum
    }

    /// The level at which speech arrives; -26 dBov, which is that of prompts, unless set.
    ///
    /// All that is sent, keys too, is amplified or attenuated by the difference.
    public var level = Level(dBov: -26)
    /// The noise; nil for none.
    public var noise: Noise?
    /// How far the noise is below the level, in decibels.
    public var signalToNoise = 20.0
    /// What the noise is drawn with: the same seed makes the same noise.
    public var seed: UInt64 = 1
    /// The code of the network.
    public var codec = G711.alaw

    /// A clean line.
    public init() {}

    /// What samples are multiplied by.
    var gain: Double { level.rootMeanSquare / Level(dBov: -26).rootMeanSquare }
}
