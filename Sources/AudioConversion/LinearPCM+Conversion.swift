public import TelephonyAudio

extension LinearPCM {
    /// The sound as telephony audio, made by the code that converts any file.
    ///
    /// ```swift
    /// let prompt = try speech.pcm.phoneAudio()
    /// ```
    ///
    /// - Parameter processing: the processing; without a level, ``PromptProcessing/customaryLevel`` applies.
    /// - Throws: `inputOutput` if there is no room for a temporary file, and as any conversion if there are no samples.
    public func phoneAudio(processing: PromptProcessing = PromptProcessing()) throws(ConversionError) -> PhoneAudio {
        try AudioConverter(options: conversionOptions(processing: processing)).convert(source(name: "speech")).audio
    }

    /// What a converter takes.
    ///
    /// - Parameter name: what messages call it.
    public func source(name: String) -> AudioSource { .bytes(bytes, name: name) }

    /// The options that ``source(name:)`` is to be converted with.
    ///
    /// - Parameter processing: the processing; without a level, ``PromptProcessing/customaryLevel`` applies.
    public func conversionOptions(processing: PromptProcessing = PromptProcessing()) -> ConversionOptions {
        var options = ConversionOptions()
        options.raw = HeaderlessFormat(.s16, sampleRate: sampleRate)
        options.processing = processing
        options.processing.level = processing.level ?? PromptProcessing.customaryLevel
        return options
    }
}

extension PromptProcessing {
    /// The active speech level (ITU-T P.56) of prompts, by custom: -26 dBov.
    public static let customaryLevel = Level(dBov: -26)
}
