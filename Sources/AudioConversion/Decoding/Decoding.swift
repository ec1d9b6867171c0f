import TelephonyAudio

/// Finds the decoder for a source by its content.
enum Decoding {
    /// Opens a source for reading.
    ///
    /// - Parameters:
    ///   - source: the bytes.
    ///   - raw: what the bytes mean if they have no header; then their content is not looked at.
    ///   - channel: what will be taken; some decoders leave out what does not belong to it.
    ///   - limits: bounds on what is accepted.
    /// - Throws: a ``ConversionError`` that names what was found; `damaged` if that is nothing, as of a recording that failed.
    static func open(
        _ source: ByteSource, raw: HeaderlessFormat?, channel: ChannelSelection, limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard source.size > 0 else {
            throw ConversionError(.damaged, file: source.name, "is empty: 0 bytes long")
        }
        if let raw { return try headerless(raw, source, limits) }
        let content = try withoutLeadingTags(source)
        let found = Container.recognize(try content.bytes(at: 0, count: 256))
        if found?.isCertain != true, content === source {
            if let named = HeaderlessFormat(fileName: source.name) { return try headerless(named, source, limits) }
            if HeaderlessFormat.isAmbiguous(fileName: source.name), found?.container != .text {
                return try guessed(source, limits)
            }
        }
        if let found { return try open(content, found.container, channel, limits) }
        if let (start, container) = try beginning(of: content) {
            return try open(content.slice(start..<content.size), container, channel, limits)
        }
        return try SndfileReader(content, container: nil)
    }

    /// Opens a source whose container is known.
    private static func open(
        _ source: ByteSource, _ container: Container, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        if let decoded = try base64Content(of: source, limits) {
            return try open(decoded, raw: nil, channel: channel, limits: limits)
        }
        var content = source
        if container.mayEndWithTags {
            content = source.slice(0..<source.size - (try AudioTags.trailingCount(source)))
        }
        return try reader(for: container, content, channel, limits)
    }

    /// A source without the tags that it begins with.
    ///
    /// - Throws: `damaged` if there is nothing behind them.
    private static func withoutLeadingTags(_ source: ByteSource) throws(ConversionError) -> ByteSource {
        let count = try AudioTags.leadingCount(source)
        guard count > 0 else { return source }
        guard count < source.size else {
            throw ConversionError(.damaged, file: source.name, "holds a tag, and no audio behind it")
        }
        return source.slice(count..<source.size)
    }

    /// Where a stream begins in a source that no signature fits: a capture may begin within a frame, or with silence of zeros.
    private static func beginning(of source: ByteSource) throws(ConversionError) -> (start: Int, container: Container)? {
        let zeros = try AudioTags.end(source, from: 0)
        // Four frames in a row, since two are found by chance in what is not audio.
        let start = try MPEGSync.find(source, from: zeros, within: 1 << 16, frames: 4)
        let adts = try ADTSFrames.find(source, from: zeros, within: 1 << 16, frames: 4)
        switch (start, adts) {
        case (let start?, let adts?) where adts < start: return (adts, .aac)
        case (let start?, _): return (start, .mp3)
        case (nil, let adts?): return (adts, .aac)
        case (nil, nil): return nil
        }
    }

    /// The sound file that a source holds as base64 text; nil if it holds none.
    ///
    /// - Throws: `damaged` if it begins like one and goes on as something else than base64, or is cut off.
    static func base64Content(of source: ByteSource, _ limits: ConversionLimits) throws(ConversionError) -> ByteSource?
    {
        let head = try source.bytes(at: 0, count: 256)
        guard (Container.recognize(head)?.container.decoder ?? .notAudio) == .notAudio,
            let beginning = Base64Text.beginning(head),
            let inner = Container.recognize(beginning), inner.container.decoder != .notAudio
        else { return nil }
        if let decoded = try source.decodedBase64(limits: limits) { return decoded }
        guard inner.isCertain else { return nil }
        throw ConversionError(
            .damaged, file: source.name,
            "looks like \(inner.container.name) in base64, but the text is cut off or damaged")
    }

    /// Whether a stream that begins like this can be audio.
    static func isPlausible(_ head: [UInt8]) -> Bool {
        if let found = Container.recognize(head), found.container.decoder != .notAudio { return true }
        return Base64Text.beginning(head) != nil
    }

    /// Reads headerless bytes as what they look like.
    private static func guessed(
        _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard let guess = try HeaderlessGuess(source) else {
            throw ConversionError(
                .unknownFormat, file: source.name,
                "may be headerless audio by its name, but looks like noise in whatever way it is read")
        }
        return try headerless(guess.format, source, limits, isAssumed: true)
    }

    private static func headerless(
        _ format: HeaderlessFormat, _ source: ByteSource, _ limits: ConversionLimits, isAssumed: Bool = false
    ) throws(ConversionError) -> any SampleReader {
        switch format.reading(size: source.size) {
        case .samples(let layout):
            try PCMReader(source, layout: layout, decoderName: "built-in", assumption: isAssumed ? format : nil)
        case .dialogic(let rate): try SndfileReader(source, container: nil, dialogicRate: rate)
        case .container(let container): try FFmpegReader(source, container: container, limits: limits)
        }
    }

    private static func reader(
        for container: Container, _ source: ByteSource, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        switch container.decoder {
        case .wav:
            var parser = try WAVParser(source, container: container)
            if let layout = try parser.layout() {
                return try PCMReader(source, layout: layout, decoderName: "built-in")
            }
            if let (stream, defect) = try parser.mpegAudio(),
                let reader = try LayerIIIReader(stream, container: container, selection: channel, defect: defect)
            {
                return reader
            }
            return try library(container, try parser.mended(), limits, defect: WAVParser.defect(in: source))
        case .mpegAudio:
            if let reader = try LayerIIIReader(source, container: container, selection: channel) { return reader }
            // libsndfile stops where it estimates the end of such a stream to be.
            if container.demuxer != nil, ChildProcess.find("ffmpeg") != nil, MPEGFrames(source).isVariableWithoutIndex {
                return try FFmpegReader(source, container: container, limits: limits)
            }
            return try library(container, source, limits)
        case .libsndfile:
            let (first, rest) = try divide(source, container)
            return try library(container, first, limits, rest: rest)
        case .opus:
            let (first, rest) = try OggLinks.divide(source)
            return try OpusReader(first, rest: rest)
        case .ffmpeg:
            if container.demuxer == "mov", let track = try AMRTrack.extract(from: source, limits: limits) {
                return try FFmpegReader(track.file, container: track.container, limits: limits)
            }
            let (first, rest) = try divide(source, container)
            return try FFmpegReader(first, container: container, limits: limits, rest: rest)
        case .notAudio: throw ConversionError(.notAudio, file: source.name, "is \(container.name), not audio")
        }
    }

    /// libsndfile, and where it has no decoder for what is inside a container, or refuses a file that was cut off, ffmpeg.
    private static func library(
        _ container: Container, _ source: ByteSource, _ limits: ConversionLimits, rest: ByteSource? = nil,
        defect: String? = nil
    ) throws(ConversionError) -> any SampleReader {
        do throws(ConversionError) {
            return try SndfileReader(source, container: container, rest: rest, defect: defect)
        } catch {
            guard error.code == .damaged, ChildProcess.find("ffmpeg") != nil, container.demuxer != nil else {
                throw error
            }
            return try FFmpegReader(source, container: container, limits: limits, rest: rest)
        }
    }

    /// The first of the streams that follow one another in a source, and the others, where that is known beforehand.
    private static func divide(
        _ source: ByteSource, _ container: Container
    ) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        switch container {
        case .ogg, .oggFLAC, .oggSpeex, .oggVorbis: try OggLinks.divide(source)
        case .flac: try FLACStreams.divide(source)
        default: (source, nil)
        }
    }
}
