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
        let format = ContainerFormat(sniffing: head)
        if format?.isCertain != true, let named = HeaderlessFormat(fileName: source.name) {
            return try headerless(named, source, limits)
        }
        if let decoded = try base64Content(of: source, limits) {
            return try reader(
                for: ContainerFormat(sniffing: decoded.bytes(at: 0, count: 256)), decoded, channel, limits)
        }
        return try reader(for: format, source, channel, limits)
    }

    /// The sound file that a source holds as base64 text; nil if it holds none.
    ///
    /// - Throws: `damaged` if it begins like one and goes on as something else than base64, or is cut off.
    static func base64Content(of source: ByteSource, _ limits: ConversionLimits) throws(ConversionError) -> ByteSource?
    {
        let head = try source.bytes(at: 0, count: 256)
        let none = ContainerFormat.Decoder.none
        guard (ContainerFormat(sniffing: head)?.decoder ?? none) == none,
            let beginning = Base64Text.beginning(head),
            let inner = ContainerFormat(sniffing: beginning), inner.decoder != .none
        else { return nil }
        if let decoded = try source.decodedBase64(limits: limits) { return decoded }
        guard inner.isCertain else { return nil }
        throw ConversionError(
            .damaged, file: source.name, "looks like \(inner.name) in base64, but the text is cut off or damaged")
    }

    /// Whether a stream that begins like this can be audio.
    static func isPlausible(_ head: [UInt8]) -> Bool {
        if let format = ContainerFormat(sniffing: head), format.decoder != .none { return true }
        return Base64Text.beginning(head) != nil
    }

    private static func headerless(
        _ format: HeaderlessFormat, _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        if let layout = format.layout(size: source.size) {
            return try PCMReader(source, layout: layout, decoderName: "built-in")
        }
        let name = format.encoding == .g722 ? "headerless G.722" : "headerless GSM"
        let demuxer = format.encoding.rawValue
        return try FFmpegReader(
            source, format: ContainerFormat(name, .ffmpeg(demuxer: demuxer)), demuxer: demuxer, limits: limits)
    }

    private static func reader(
        for format: ContainerFormat?, _ source: ByteSource, _ channel: ChannelSelection, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        guard let format else { return try SndfileReader(source, format: nil) }
        switch format.decoder {
        case .wav:
            var parser = try WAVParser(source, container: format.name)
            if let layout = try parser.layout() {
                return try PCMReader(source, layout: layout, decoderName: "built-in")
            }
            return try library(format, source, limits)
        case .mpegAudio:
            if let reader = try LayerIIIReader(source, format: format, selection: channel) { return reader }
            return try library(format, source, limits)
        case .libsndfile: return try library(format, source, limits)
        case .opus: return try OpusReader(source)
        case .ffmpeg(let demuxer): return try FFmpegReader(source, format: format, demuxer: demuxer, limits: limits)
        case .none: throw ConversionError(.notAudio, file: source.name, "is \(format.name), not audio")
        }
    }

    /// libsndfile, and where it has no decoder for what is inside a format, or refuses a file that was cut off, ffmpeg.
    private static func library(
        _ format: ContainerFormat, _ source: ByteSource, _ limits: ConversionLimits
    ) throws(ConversionError) -> any SampleReader {
        do throws(ConversionError) { return try SndfileReader(source, format: format) } catch {
            guard error.code == .damaged, ChildProcess.find("ffmpeg") != nil, let demuxer = demuxers[format.name] else {
                throw error
            }
            return try FFmpegReader(source, format: format, demuxer: demuxer, limits: limits)
        }
    }

    /// What ffmpeg calls formats that libsndfile opens first.
    private static let demuxers = [
        "WAV": "wav", "WAV (RF64)": "wav", "AIFF": "aiff", "AIFF-C": "aiff", "Core Audio Format": "caf", "FLAC": "flac",
        "MP3": "mp3", "Wave64": "w64",
    ]
}
