public import TelephonyAudio

/// What an audio file is like.
public struct Inspection: Sendable, Hashable {
    /// The file, as the caller named it.
    public let file: String
    /// The container found, as in "WAV".
    public let container: String
    /// The encoding of the samples, as in "16-bit PCM".
    public let encoding: String
    /// In hertz.
    public let sampleRate: Int
    /// How many channels.
    public let channels: Int
    /// How long the sound is.
    public let duration: Duration
    /// The highest magnitude of a sample, relative to full scale (0 dBFS); nil for digital silence.
    public let peak: Double?
    /// The active speech level (ITU-T P.56); nil if nothing is loud enough.
    public let activeLevel: Level?
    /// The mean of all samples, -1...1 of full scale.
    public let offset: Double
    /// Silence before the sound.
    public let leadingSilence: Duration
    /// Silence after the sound.
    public let trailingSilence: Duration
    /// Runs of three or more samples at full scale.
    public let clippedRuns: Int
    /// The size of the result of a conversion as a WAV file in base64, in bytes.
    public let base64ByteCount: Int
    /// How the file is laid out, if it is a WAV file.
    public let wav: WAVLayout?
    /// What is wrong or could be better, problems first.
    public let findings: [Finding]
}
