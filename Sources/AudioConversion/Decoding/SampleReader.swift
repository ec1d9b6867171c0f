/// What a decoder delivers.
struct StreamDescription: Sendable, Hashable {
    /// The container; nil for headerless samples, and for a format that only libsndfile knows.
    var container: Container?
    /// What people call the container, as in "WAV" or "MP3".
    var containerName: String
    /// How the samples are stored.
    var encoding: StreamEncoding
    /// Frames per second: 1...768,000.
    var sampleRate: Int
    /// Samples per frame: 1 or more.
    var channels: Int
    /// Which speaker each channel feeds, where the file says so.
    var speakers: [Speaker]?
    /// How many frames the file claims to hold, where it does.
    var frameCount: Int?
    /// What headerless bytes were taken for, where nobody said what they are.
    var assumption: HeaderlessFormat?

    /// What a decoder delivers from a container that was recognised.
    init(
        _ container: Container, encoding: StreamEncoding, sampleRate: Int, channels: Int, speakers: [Speaker]? = nil,
        frameCount: Int? = nil
    ) {
        self.init(
            container: container, name: container.name, encoding: encoding, sampleRate: sampleRate, channels: channels,
            speakers: speakers, frameCount: frameCount)
    }

    /// What a decoder delivers, from a container that may not have been recognised.
    init(
        container: Container?, name: String, encoding: StreamEncoding, sampleRate: Int, channels: Int,
        speakers: [Speaker]? = nil, frameCount: Int? = nil
    ) {
        self.container = container
        containerName = name
        self.encoding = encoding
        self.sampleRate = sampleRate
        self.channels = channels
        self.speakers = speakers
        self.frameCount = frameCount
    }

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

/// How the samples in a container are stored.
enum StreamEncoding: Sendable, Hashable {
    /// Linear or companded, each on its own.
    case pcm(PCMEncoding)
    /// In a way that a library decodes, by its name, as in "Opus".
    case coded(String)

    /// What people call it, as in "16-bit PCM".
    var name: String {
        switch self {
        case .pcm(let encoding): encoding.name
        case .coded(let name): name
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

    /// Whether nothing marks the end of the stream, once it has been read, though what is there is whole.
    var endsUnmarked: Bool { get }

    /// How much the channels differ, of a reader that looks at it; nil of all others.
    var difference: ChannelDifference? { get }

    /// What follows the stream in its source, once it has been read: another stream, whose format may differ; nil if there
    /// is none.
    var rest: ByteSource? { get }

    /// Reads whole frames, up to the buffer's size; 0 at the end.
    ///
    /// - Throws: `inputOutput`, `limit` and the like; never for damage in the file.
    func read(into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError) -> Int

    /// Reads whole frames and mixes each to one sample, up to the buffer's size; 0 at the end.
    func readMono(_ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>) throws(ConversionError)
        -> Int
}

extension SampleReader {
    var rest: ByteSource? { nil }
    var difference: ChannelDifference? { nil }
    var endsUnmarked: Bool { false }

    func readMono(
        _ mixer: inout ChannelMixer, into samples: UnsafeMutableBufferPointer<Float>
    ) throws(ConversionError) -> Int {
        try mixer.mix(into: samples) { (frames) throws(ConversionError) in try read(into: frames) }
    }
}
