import TelephonyAudio
/// What a decoder delivers.
struct StreamDescription: Sendable, Hashable {
    /// The container, as in "WAV" or "MP3".
    var container: String
    /// The encoding of the samples, as in "16-bit PCM" or "Opus".
    var encoding: String
    /// Frames per second: 1...768,000.
    var sampleRate: Int
    /// Samples per frame: 1 or more.
    var channels: Int
    /// Which speaker each channel feeds, where the file says so.
    var speakers: [Speaker]?
    /// How many frames the file claims to hold, where it does.
    var frameCount: Int?

    /// - Throws: `unsupported` if the rate or the number of channels can't be converted.
    func validate(file: String) throws(ConversionError) {
        guard channels > 0 else {
            throw ConversionError(.unsupported, file: file, "the header says 0 channels; there is nothing to convert")
        }
        guard channels <= 1024 else {
            throw ConversionError(
                .unsupported, file: file, "\(channels) channels are more than the 1024 that are accepted")
        }
        guard SampleRate.range.contains(sampleRate) else {
            throw ConversionError(
                .unsupported, file: file,
                "the header says \(sampleRate) Hz; the rate must lie in 1...\(SampleRate.range.upperBound) Hz")
        }
    }
}

/// The sample rates that can be converted.
enum SampleRate {
    /// In hertz; 768 kHz is the highest that converters and files in use have.
    static let range = 1...768_000
}

/// A decoder: interleaved samples, full scale 1.0, in pieces.
protocol SampleReader: AnyObject {
    /// What is read.
    var stream: StreamDescription { get }

    /// The name of what decodes, for reports.
    var decoderName: String { get }

    /// What is wrong with the file, as far as it has been read: a clause such as "the file ends in the middle of ...".
    ///
    /// Damage does not make `read` throw: what can be recovered is delivered first.
    var defect: String? { get }

    /// Reads whole frames, up to the buffer's size; 0 at the end.
    ///
    /// - Throws: `inputOutput`, `limit` and the like; never for damage in the file.
    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int

    /// Reads whole frames and mixes each to one sample, up to the buffer's size; 0 at the end.
    func readMono(_ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError)
        -> Int
}

extension SampleReader {
    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        try mixer.mix(into: samples) { (frames) throws(ConversionError) in try read(into: frames) }
    }
}
