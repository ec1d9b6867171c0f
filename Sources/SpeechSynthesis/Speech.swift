public import AudioConversion
public import TelephonyAudio

/// A spoken text, as the engine delivered it.
public struct Speech: Sendable, Hashable {
    /// The local voice that spoke, and for whom.
    public let standIn: StandIn
    /// The version of the engine that spoke.
    public let engineVersion: String
    /// Samples per second, as the engine delivers them: 22,050.
    public let sampleRate: Int
    /// The samples: 16-bit linear PCM, little-endian, mono.
    public let pcm: [UInt8]

    /// The active speech level (ITU-T P.56) that speech is brought to unless another is asked for: -26 dBov, the custom for
    /// prompts.
    public static let level = Level(dBov: -26)

    init(standIn: StandIn, engineVersion: String, recording: Recording) {
        self.standIn = standIn
        self.engineVersion = engineVersion
        sampleRate = recording.sampleRate
        pcm = recording.pcm
    }

    /// How long it plays before anything is trimmed or padded.
    public var duration: Duration { .microseconds(pcm.count / 2 * 1_000_000 / sampleRate) }

    /// The same samples as what a converter takes.
    public var source: AudioSource { .bytes(pcm, name: standIn.name) }

    /// The options that ``source`` is to be converted with.
    ///
    /// - Parameter processing: what is done to the sound; without a level, ``level`` is taken.
    public func conversionOptions(processing: PromptProcessing = PromptProcessing()) -> ConversionOptions {
        var options = ConversionOptions()
        options.raw = HeaderlessFormat(.s16, sampleRate: sampleRate)
        options.processing = processing
        options.processing.level = processing.level ?? Self.level
        return options
    }

    /// The speech as telephony audio, made by the code that converts any file.
    ///
    /// - Parameter processing: what is done to the sound; without a level, ``level`` is taken.
    /// - Throws: `inputOutput` if there is no room for a temporary file.
    public func audio(processing: PromptProcessing = PromptProcessing()) throws(ConversionError) -> PhoneAudio {
        try AudioConverter(options: conversionOptions(processing: processing)).convert(source).audio
    }
}
