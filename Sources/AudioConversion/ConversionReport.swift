public import TelephonyAudio

/// What a conversion found and did.
public struct ConversionReport: Sendable, Hashable {
    /// The source, as the caller named it.
    public var input: String
    /// Where the result went, as the caller named it; nil if it stayed in memory.
    public var output: String?
    /// Whether the output existed already with just this content.
    public var isUnchanged = false
    /// The container found, as in "MP3".
    public var container: String
    /// The encoding of the samples, as in "16-bit PCM".
    public var encoding: String
    /// What decoded it: "built-in", "libsndfile" or "ffmpeg".
    public var decoder: String
    /// What changed the rate: "polyphase", "libsamplerate:best" ..., or nil at 8000 Hz.
    public var resampler: String?
    /// The rate of the input, in hertz.
    public var sampleRate: Int
    /// The channels of the input.
    public var channels: Int
    /// Streams that follow one another in the input, as in concatenated files; the report's other properties are those of the first one.
    public var streamCount = 1
    /// Frames that were read from the input.
    public var frameCount = 0
    /// Samples in the result, at 8000 Hz.
    public var sampleCount = 0
    /// Samples that lay beyond full scale and were clamped.
    public var clampedCount = 0
    /// Whether the source is damaged and this is what could be recovered of it.
    public var isPartial = false
    /// What was measured and done for the prompt's sake; nil unless asked for.
    public var processing: ProcessingReport?
    /// What the user should know.
    public var warnings: [Warning] = []

    /// How long the result plays.
    public var duration: Duration { .microseconds(sampleCount * 125) }

    /// The size of the result as a WAV file in base64, in bytes.
    public var base64ByteCount: Int { Base64.encodedCount(WAVHeader.byteCount + 2 * sampleCount) }
}

/// What prompt processing measured and did.
public struct ProcessingReport: Sendable, Hashable {
    /// The active speech level of the input (ITU-T P.56), if one was asked for; nil too if nothing was heard.
    public var activeLevel: Level?
    /// The gain applied, in decibels.
    public var gain = 0.0
    /// Whether the gain was held back so that the true peak stays under full scale.
    public var isCapped = false
    /// What was cut at the beginning.
    public var leadTrimmed = Duration.zero
    /// What was cut at the end.
    public var trailTrimmed = Duration.zero
}
