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
    public var duration: Duration { Duration(samples: samples.count) }
}
