import TelephonyAudio

/// Finds the samples in a WAV file: RIFF, RIFX (big-endian) and RF64 or BW64 (64-bit sizes, EBU Tech 3306).
///
/// Sizes that files in the world get wrong are mended and said: a data size of 0 with data behind it (a recorder that was
/// killed) and one beyond the end of the file (a download that broke off). 0xFFFFFFFF and the like, which programs write
/// into pipes, mean "to the end" and are nothing to complain of.
struct WAVParser {
    private let source: ByteSource
    private let container: Container
    private let isBigEndian: Bool
    private var dataSize64: Int?

    /// - Parameter container: which of the four kinds of WAV its signature is of.
    init(_ source: ByteSource, container: Container) throws(ConversionError) {
        self.source = source
        self.container = container
        isBigEndian = try source.bytes(at: 0, count: 4) == Array("RIFX".utf8)
    }

    /// A chunk of the file: its name and where its content lies, as the header claims.
    struct Chunk: Sendable, Hashable {
        let id: String
        let start: Int
        let size: Int
    }

    /// What the header says.
    struct Header: Sendable, Hashable {
        var formatTag = 0
        var channels = 0
        var sampleRate = 0
        var blockAlign = 0
        var bitsPerSample = 0
        var speakers: [Speaker]?
        var chunks: [Chunk] = []
    }

    /// Reads the header.
    ///
    /// - Throws: `damaged` if there is no format or no data.
    mutating func header() throws(ConversionError) -> Header {
        var header = Header()
        var offset = 12
        var hasFormat = false
        while offset + 8 <= source.size, header.chunks.count < 1000 {
            let bytes = try source.bytes(at: offset, count: 8)
            guard bytes.count == 8 else { break }
            let id = String(decoding: bytes[..<4], as: UTF8.self)
            var size = number(bytes, at: 4, count: 4)
            if id == "data", size == 0xFFFF_FFFF, let dataSize64 { size = dataSize64 }
            header.chunks.append(Chunk(id: id, start: offset + 8, size: size))
            switch id {
            case "ds64":
                let ds64 = try source.bytes(at: offset + 8, count: 28)
                // A size with the sign bit set is beyond any file.
                if ds64.count == 28 { dataSize64 = number(ds64, at: 8, count: 8) & Int.max }
            case "fmt ":
                try readFormat(try source.bytes(at: offset + 8, count: min(size, 40)), into: &header)
                hasFormat = true
            default: break
            }
            if id == "data", hasFormat, size > 0 { break }
            let (next, overflow) = (offset + 8).addingReportingOverflow(size)
            guard !overflow, next < source.size else { break }
            offset = next + next % 2
        }
        guard hasFormat else {
            throw ConversionError(.damaged, file: source.name, "is a WAV file without a format; its header is damaged")
        }
        return header
    }

    private func readFormat(_ bytes: [UInt8], into header: inout Header) throws(ConversionError) {
        guard bytes.count >= 16 else {
            throw ConversionError(.damaged, file: source.name, "is a WAV file whose format chunk is too short")
        }
        header.formatTag = number(bytes, at: 0, count: 2)
        header.channels = number(bytes, at: 2, count: 2)
        header.sampleRate = number(bytes, at: 4, count: 4)
        header.blockAlign = number(bytes, at: 12, count: 2)
        header.bitsPerSample = number(bytes, at: 14, count: 2)
        if header.formatTag == 0xFFFE, bytes.count >= 26 {
            header.formatTag = number(bytes, at: 24, count: 2)
            header.speakers = Speaker.mask(UInt32(number(bytes, at: 20, count: 4)), channels: header.channels)
        }
    }

    /// The layout of the samples, or nil if they are stored in a way that only a library decodes.
    ///
    /// - Throws: `damaged` if there is no format or no data, `unsupported` for 0 channels.
    mutating func layout() throws(ConversionError) -> PCMLayout? {
        let header = try header()
        guard header.channels > 0 else {
            throw ConversionError(
                .unsupported, file: source.name, "the header says 0 channels; there is nothing to convert")
        }
        guard let encoding = Self.encoding(header) else { return nil }
        guard let data = header.chunks.last(where: { $0.id == "data" }) else {
            throw ConversionError(.damaged, file: source.name, "is a WAV file without audio: it ends after its header")
        }
        let (range, defect) = extent(of: data)
        return PCMLayout(
            container: container, encoding: encoding, isBigEndian: isBigEndian, sampleRate: header.sampleRate,
            channels: header.channels, speakers: header.speakers, dataRange: range, defect: defect)
    }

    private static func encoding(_ header: Header) -> PCMEncoding? {
        guard header.blockAlign % header.channels == 0 else { return nil }
        return switch (header.formatTag, header.blockAlign / header.channels) {
        case (1, 1): .u8
        case (1, 2): .s16
        case (1, 3): .s24
        case (1, 4): .s32
        case (3, 4): .f32
        case (3, 8): .f64
        case (6, 1): .alaw
        case (7, 1): .ulaw
        default: nil
        }
    }

    /// Where the samples really are, and what is wrong with what the header claims.
    private func extent(of data: Chunk) -> (range: Range<Int>, defect: String?) {
        let available = source.size - data.start
        let toEnd = data.start..<source.size
        if data.size == 0, available > 0 {
            return (toEnd, "the header says 0 bytes of audio, but \(available) follow: the recording was never closed")
        }
        guard data.size > available else { return (data.start..<(data.start + data.size), nil) }
        // 0xFFFFFFFF: ffmpeg and most; 0x7FFFFFFF less a header, rounded or not: sox and old tools; 64 bits likewise.
        let isStreamMark = data.size >= 0xFFFF_F000 || (0x7FFF_0000...0x8000_0000).contains(data.size)
        let missing =
            "the file ends \(data.size - available) bytes early; the header promises \(data.size) bytes of audio"
        return (toEnd, isStreamMark ? nil : missing)
    }

    /// What is wrong with the sizes in a file whose samples a library decodes: it takes them as they are, without a word.
    static func defect(in source: ByteSource) -> String? {
        guard var parser = try? WAVParser(source, container: .wav), let header = try? parser.header() else {
            return nil
        }
        return header.chunks.last { $0.id == "data" }.flatMap { parser.extent(of: $0).defect }
    }

    private func number(_ bytes: [UInt8], at offset: Int, count: Int) -> Int {
        let digits = bytes[offset..<(offset + count)]
        return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
}
