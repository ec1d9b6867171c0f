import TelephonyAudio

/// Bounds on what one conversion may take, so that nothing that comes from outside eats disk, memory or time.
public struct ConversionLimits: Sendable, Hashable {
    /// The most bytes that are accepted from a pipe or from base64 text; 8 GiB unless set.
    public var maximumInputBytes = 8 << 30

    /// The longest result; 24 hours unless set.
    public var maximumDuration = Duration.seconds(24 * 3600)

    /// How long an `ffmpeg` child may go without delivering audio before it is ended; 30 seconds unless set.
    public var ffmpegTimeout = Duration.seconds(30)

    /// The defaults.
    public init() {}

    /// ``maximumDuration`` in samples at 8000 Hz, bounded by what a WAV file can hold.
    var maximumSampleCount: Int {
        let (seconds, attoseconds) = maximumDuration.components
        guard seconds < WAVHeader.maximumSampleCount / PhoneAudio.sampleRate else {
            return WAVHeader.maximumSampleCount
        }
        return max(0, Int(seconds) * PhoneAudio.sampleRate + Int(attoseconds / 125_000_000_000_000))
    }
}
