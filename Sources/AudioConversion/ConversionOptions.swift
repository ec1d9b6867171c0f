public import TelephonyAudio

/// How audio is converted.
///
/// The defaults change nothing but the format.
public struct ConversionOptions: Sendable, Hashable {
    /// Which channels to take.
    public var channel = ChannelSelection.mix
    /// Whether channels that are mixed are compared, and a warning tells where they differ.
    ///
    /// One of them is decoded once more for it.
    public var comparesChannels = false
    /// What changes the sample rate.
    public var resampler = ResamplerChoice.polyphase
    /// What the bytes mean if they have no header; nil looks at the content, then at the name.
    public var raw: HeaderlessFormat?
    /// What is done to the sound beyond conversion.
    public var processing = PromptProcessing()
    /// Whether what could be recovered of a damaged file is a result, with a warning, rather than an error.
    public var acceptsPartial = false
    /// The limits of what is accepted.
    public var limits = ConversionLimits()

    /// The defaults.
    public init() {}
}

/// Which channels become the one channel of telephony.
public enum ChannelSelection: Sendable, Hashable {
    /// All: the mean of two; of more, a downmix in which speech in the centre stays loud and low-frequency effects are left out.
    case mix
    /// One alone, counted from 1.
    case only(Int)
}

/// What changes the sample rate.
public enum ResamplerChoice: Sendable, Hashable {
    /// rtmedia's own filter; the article Figures of the documentation has its measurements.
    case polyphase
    /// libsamplerate, from 32 Hz up.
    case libsamplerate(Quality)

    /// libsamplerate's three sinc converters.
    public enum Quality: String, Sendable, Hashable, CaseIterable {
        /// `SRC_SINC_BEST_QUALITY`: as good as ours, and more than a hundred times slower.
        case best
        /// `SRC_SINC_MEDIUM_QUALITY`: falls off from 3.6 kHz.
        case medium
        /// `SRC_SINC_FASTEST`: falls off from 3.2 kHz.
        case fastest
    }

    /// A resampler at work; nil at 8000 Hz, where there is nothing to do.
    func make(sampleRate: Int, file: String) throws(ConversionError) -> (any Resampler)? {
        guard sampleRate != PhoneAudio.sampleRate else { return nil }
        switch self {
        case .polyphase: return PolyphaseResampler(sampleRate: sampleRate)
        case .libsamplerate(let quality):
            do throws(ResamplingError) {
                return try SampleRateResampler(sampleRate: sampleRate, quality: quality)
            } catch { throw ConversionError(.resampler, file: file, error.reason) }
        }
    }
}

/// What is done to a prompt beyond conversion; everything is off unless asked for.
public struct PromptProcessing: Sendable, Hashable {
    /// The active speech level (ITU-T P.56) to bring the file to, by one gain; -26 dBov is the custom of telephony.
    public var level: Level?
    /// Whether silence before and after the sound is cut.
    public var trims = false
    /// Silence to add before and after, once trimmed.
    public var padding = Duration.zero
    /// The length of the fade at the beginning and at the end.
    public var fade = Duration.zero
    /// Whether to limit the band to 300...3400 Hz, as telephone networks do.
    public var limitsBand = false
    /// The code whose round trip to simulate, so that one hears what the caller will.
    public var codecRoundTrip: G711?

    /// Nothing.
    public init() {}

    /// Whether anything has to be known of the whole file before its first sample can be written.
    var needsWholeFile: Bool { level != nil || trims || fade > .zero || padding > .zero }
}
