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
        let head = try source.bytes(at: 0, count: 256)
        let found = Container.recognize(head)
        if found?.isCertain != true, let named = HeaderlessFormat(fileName: source.name) {
            return try headerless(named, source, limits)
        }
        if let decoded = try base64Content(of: source, limits) {
            let inner = Container.recognize(try decoded.bytes(at: 0, count: 256))
            return try reader(for: inner?.container, decoded, channel, limits)
        }
        return try reader(for: found?.container, source, channel, limits)
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

    private static func headerless(
        _ format: HeaderlessFormat, _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        switch format.reading(size: source.size) {
        case .samples(let layout): try PCMReader(source, layout: layout, decoderName: "built-in")
        case .container(let container): try FFmpegReader(source, container: container, limits: limits)
        }
    }

    private static func reader(
        for container: Container?, _ source: ByteSource, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard let container else { return try SndfileReader(source, container: nil) }
        switch container.decoder {
        case .wav:
            var parser = try WAVParser(source, container: container)
            if let layout = try parser.layout() {
                return try PCMReader(source, layout: layout, decoderName: "built-in")
            }
            return try library(container, source, limits)
        case .mpegAudio:
            if let reader = try LayerIIIReader(source, container: container, selection: channel) { return reader }
            return try library(container, source, limits)
        case .libsndfile: return try library(container, source, limits)
        case .opus: return try OpusReader(source)
        case .ffmpeg: return try FFmpegReader(source, container: container, limits: limits)
        case .notAudio: throw ConversionError(.notAudio, file: source.name, "is \(container.name), not audio")
        }
    }

    /// libsndfile, and where it has no decoder for what is inside a container, or refuses a file that was cut off, ffmpeg.
    private static func library(
        _ container: Container, _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        do throws(ConversionError) { return try SndfileReader(source, container: container) } catch {
            guard error.code == .damaged, ChildProcess.find("ffmpeg") != nil, container.demuxer != nil else {
                throw error
            }
            return try FFmpegReader(source, container: container, limits: limits)
        }
    }
}
