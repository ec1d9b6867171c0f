/// Sound as a speech engine delivers it: mono, 16-bit linear PCM at the engine's own sample rate.
///
/// `AudioConversion` makes ``PhoneAudio`` of it.
public struct LinearPCM: Sendable, Hashable {
    /// Samples per second.
    public let sampleRate: Int
    /// The samples, little-endian, two bytes each.
    public let bytes: [UInt8]

    /// Audio of any sample rate.
    ///
    /// - Parameters:
    ///   - sampleRate: samples per second, 1 or more.
    ///   - bytes: the samples, little-endian, two bytes each; may be empty.
    public init(sampleRate: Int, bytes: [UInt8]) {
        precondition(sampleRate > 0, "a sample rate is 1 Hz or more")
        self.sampleRate = sampleRate
        self.bytes = bytes
    }

    /// How long it plays.
    public var duration: Duration { .microseconds(bytes.count / 2 * 1_000_000 / sampleRate) }
}
