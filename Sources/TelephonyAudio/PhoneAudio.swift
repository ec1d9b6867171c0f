/// Telephony audio as a value: 8000 Hz, mono, 16-bit linear PCM, the one form the platform plays and records.
///
/// ```swift
/// let prompt = try AudioConverter().convert(.file("welcome.mp3")).audio
/// print(prompt.duration)          // 2.5 seconds
/// response.audioData = prompt.base64WAV
/// ```
public struct PhoneAudio: Sendable, Hashable {
    /// The sample rate of telephony audio, in hertz (ITU-T G.711).
    public static let sampleRate = 8000

    /// The samples, -32768...32767.
    public var samples: [Int16]

    /// Audio that holds the given samples.
    ///
    /// - Parameter samples: linear PCM at 8000 Hz; may be empty.
    public init(samples: [Int16]) {
        self.samples = samples
    }

    /// How long the audio plays: 125 microseconds a sample.
    public var duration: Duration {
        .microseconds(samples.count * 125)
    }

    /// The whole WAV file that the platform accepts: the canonical 44-byte header, then the samples.
    ///
    /// - Precondition: the audio is shorter than ``WAVHeader/maximumSampleCount`` (about 74 hours).
    public var wav: [UInt8] {
        var bytes = WAVHeader(sampleCount: samples.count).bytes
        bytes.reserveCapacity(bytes.count + 2 * samples.count)
        for sample in samples { withUnsafeBytes(of: sample.littleEndian) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// ``wav`` in base64, as `play_wav_data` takes it: the standard alphabet, padded, without line breaks.
    public var base64WAV: String {
        Base64.encode(wav.span.bytes)
    }
}
