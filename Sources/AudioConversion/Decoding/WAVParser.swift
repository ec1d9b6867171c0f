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
            // Samples behind a size of 0 are no chunks.
            if id == "data", hasFormat {
                let isFollowed = Self.isName(try source.bytes(at: offset + 8, count: 4))
                if size > 0 || !isFollowed { break }
            }
            let (next, overflow) = (offset + 8).addingReportingOverflow(size)
            guard !overflow, next < source.size else { break }
            offset = next + (try padding(after: next, size: size))
        }
        guard hasFormat else {
            throw ConversionError(.damaged, file: source.name, "is a WAV file without a format; its header is damaged")
        }
        return header
    }

    /// How many bytes pad a chunk of a size: one if that is odd, but for programs that forget it.
    private func padding(after next: Int, size: Int) throws(ConversionError) -> Int {
        guard size % 2 == 1 else { return 0 }
        let (padded, unpadded) = (try source.bytes(at: next + 1, count: 4), try source.bytes(at: next, count: 4))
        return !Self.isName(padded) && Self.isName(unpadded) ? 0 : 1
    }

    /// Whether four bytes can be the name of a chunk.
    private static func isName(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 && bytes.allSatisfy { (32...126).contains($0) }
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
        guard var encoding = Self.encoding(header) else { return nil }
        let (range, defect) = try dataExtent(header)
        if encoding == .s32, header.bitsPerSample == 24, try isLowAligned(range) { encoding = .s24in32 }
        return PCMLayout(
            container: container, encoding: encoding, isBigEndian: isBigEndian, sampleRate: header.sampleRate,
            channels: header.channels, speakers: header.speakers, dataRange: range, defect: defect)
    }

    /// Where the samples of a file really are, and what is wrong with what its header claims.
    private func dataExtent(_ header: Header) throws(ConversionError) -> (range: Range<Int>, defect: String?) {
        guard let data = header.chunks.last(where: { $0.id == "data" }) else {
            throw ConversionError(.damaged, file: source.name, "is a WAV file without audio: it ends after its header")
        }
        return try extent(of: data)
    }

    /// Whether samples of 24 bits lie in the low three bytes of four, as arecord writes S24_LE, not in the high ones, as the
    /// format asks for: then the fourth byte is their sign.
    private func isLowAligned(_ range: Range<Int>) throws(ConversionError) -> Bool {
        let bytes = try source.bytes(at: range.lowerBound, count: min(range.count, 1 << 16) / 4 * 4)
        var isAnyLoud = false
        for start in stride(from: 0, to: bytes.count, by: 4) {
            let (low, top, sign) =
                isBigEndian
                ? (bytes[start + 3], bytes[start + 1], bytes[start])
                : (bytes[start], bytes[start + 2], bytes[start + 3])
            guard sign == (top < 128 ? 0 : 255) else { return false }
            isAnyLoud = isAnyLoud || low != 0 || top != sign
        }
        return isAnyLoud
    }

    /// The MPEG audio that the file holds instead of samples, and what is wrong with its size; nil if it holds something else.
    mutating func mpegAudio() throws(ConversionError) -> (stream: ByteSource, defect: String?)? {
        let header = try header()
        guard header.formatTag == 0x55 || header.formatTag == 0x50 else { return nil }
        let (range, defect) = try dataExtent(header)
        return (source.slice(range), defect)
    }

    /// What follows the data in the source, as a WAV file of its own: another one, where files were put together, or more data,
    /// where a program wrote them in parts; nil if there is neither.
    mutating func following() throws(ConversionError) -> ByteSource? {
        let header = try header()
        guard let data = header.chunks.last(where: { $0.id == "data" }), data.size > 0,
            data.size < source.size - data.start
        else { return nil }
        var format = header.chunks.last { $0.id == "fmt " }
        var offset = data.start + data.size
        offset += try padding(after: offset, size: data.size)
        for _ in 0..<1000 {
            let bytes = try source.bytes(at: offset, count: 12)
            guard bytes.count == 12, Self.isName(Array(bytes[..<4])) else { return nil }
            if Container.recognize(bytes)?.container.decoder == .wav {
                return source.slice(offset..<source.size)
            }
            let chunk = Chunk(
                id: String(decoding: bytes[..<4], as: UTF8.self), start: offset + 8,
                size: number(bytes, at: 4, count: 4))
            if chunk.id == "fmt ", chunk.size <= source.size - chunk.start { format = chunk }
            if chunk.id == "data", chunk.size > 0, let format { return try part(from: offset, format) }
            offset = chunk.start + chunk.size
            offset += try padding(after: offset, size: chunk.size)
        }
        return nil
    }

    /// The source from a chunk on, as a WAV file: with a header of its own in the place of what stands before the chunk.
    private func part(from offset: Int, _ format: Chunk) throws(ConversionError) -> ByteSource? {
        let form = isBigEndian ? "RIFX" : "RIFF"
        let head = Array("\(form)\0\0\0\0WAVE".utf8)
        let bytes = head + (try source.bytes(at: format.start - 8, count: 8 + format.size))
        guard bytes.count <= offset else { return nil }
        return source.slice((offset - bytes.count)..<source.size).replacing(at: 0, with: bytes)
    }

    /// Whether the data are those of WavPack up to version 3, which kept the header of the WAV file that it packed.
    mutating func isWavPack3() throws(ConversionError) -> Bool {
        guard let data = try header().chunks.last(where: { $0.id == "data" }) else { return false }
        return try source.bytes(at: data.start, count: 4) == Array("wvpk".utf8)
    }

    /// How many frames an ADPCM or GSM file has, the last block of which may not be whole, or not be full; nil for other codes.
    ///
    /// Microsoft's ADPCM begins a block with 7 bytes and 2 samples a channel, IMA's with 4 bytes and 1 sample; each further byte
    /// holds two samples. GSM has blocks of 65 bytes and 320 samples. The fact chunk tells how much of the last block is sound;
    /// of a count that ends elsewhere nothing is known.
    mutating func blockFrameCount() throws(ConversionError) -> Int? {
        let header = try header()
        let blockSize = header.formatTag == 0x31 ? 65 : header.blockAlign
        guard header.channels > 0, blockSize > 0 else { return nil }
        let (blocks, rest) = try dataExtent(header).range.count.quotientAndRemainder(dividingBy: blockSize)
        func frames(_ bytes: Int, head: Int, first: Int, group: Int) -> Int {
            let codes = bytes - head * header.channels
            return codes < 0 ? 0 : first + codes / group * group * 2 / header.channels
        }
        func count(_ bytes: Int) -> Int? {
            switch header.formatTag {
            case 2: frames(bytes, head: 7, first: 2, group: 1)
            case 0x11: frames(bytes, head: 4, first: 1, group: 4 * header.channels)
            case 0x31: bytes / 65 * 320
            default: nil
            }
        }
        guard let blockLength = count(blockSize), let restLength = count(rest) else { return nil }
        let length = blocks * blockLength + restLength
        guard let told = try factCount(header), told > 0, told < length, length - told < blockLength else {
            return length
        }
        return told
    }

    /// How many frames the fact chunk tells of; nil if there is none.
    private func factCount(_ header: Header) throws(ConversionError) -> Int? {
        guard let fact = header.chunks.first(where: { $0.id == "fact" }), fact.size >= 4 else { return nil }
        let bytes = try source.bytes(at: fact.start, count: 4)
        return bytes.count == 4 ? number(bytes, at: 0, count: 4) : nil
    }

    /// The file as a library reads it: with a header that tells the truth, since it takes a size of 0 for what it says, with a
    /// whole last block, since it leaves out one that is not, and with no data behind the data.
    mutating func mended() throws(ConversionError) -> ByteSource {
        let header = try header()
        guard !isBigEndian, let data = header.chunks.last(where: { $0.id == "data" }) else { return source }
        let range = try extent(of: data).range
        let isADPCM = header.formatTag == 2 || header.formatTag == 0x11
        let rest = isADPCM && header.blockAlign > 0 ? range.count % header.blockAlign : 0
        let missing = rest > 0 ? header.blockAlign - rest : 0
        let isFollowed = try following() != nil
        guard data.size == 0 || missing > 0 || isFollowed, range.count + missing <= UInt32.max else { return source }
        let size = (0..<4).map { UInt8(truncatingIfNeeded: (range.count + missing) >> (8 * $0)) }
        let end = source.slice(0..<range.upperBound)
        return end.replacing(at: data.start - 4, with: size, padding: missing)
    }

    static func encoding(_ header: Header) -> PCMEncoding? {
        guard header.blockAlign % header.channels == 0 else { return nil }
        var width = header.blockAlign / header.channels
        // Samples do not fit into the frames that some programs tell of: then their own size counts.
        if header.formatTag == 1 || header.formatTag == 3 { width = max(width, (header.bitsPerSample + 7) / 8) }
        return switch (header.formatTag, width) {
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
    private func extent(of data: Chunk) throws(ConversionError) -> (range: Range<Int>, defect: String?) {
        let available = source.size - data.start
        let toEnd = data.start..<source.size
        if data.size == 0, available > 0, !isFollowedByChunks(data.start) {
            return (toEnd, "the header says 0 bytes of audio, but \(available) follow: the recording was never closed")
        }
        guard data.size > available else {
            let end = data.start + data.size
            return (Self.goesOn(behind: data.size, try source.bytes(at: end, count: 5)) ? toEnd : data.start..<end, nil)
        }
        // Some programs write the size of the file, or of all but the first 8 bytes of it.
        let isStreamMark =
            Self.isStreamMark(data.size) || data.size == source.size || data.size == source.size - 8
        let missing =
            "the file ends \(data.size - available) bytes early; the header promises \(data.size) bytes of audio"
        return (toEnd, isStreamMark ? nil : missing)
    }

    /// Whether chunks follow one another from a place to just the end of the file, so that a size of 0 before them is true.
    private func isFollowedByChunks(_ start: Int) -> Bool {
        var offset = start
        for _ in 0..<1000 where offset + 8 <= source.size {
            guard let bytes = try? source.bytes(at: offset, count: 8), bytes.count == 8, Self.isName(Array(bytes[..<4]))
            else { return false }
            let size = number(bytes, at: 4, count: 4)
            offset += 8 + size + size % 2
        }
        return offset == source.size || offset == source.size + 1
    }

    /// What is wrong with the sizes in a file whose samples a library decodes: it takes them as they are, without a word.
    static func defect(in source: ByteSource) -> String? {
        do throws(ConversionError) {
            var parser = try WAVParser(source, container: .wav)
            let header = try parser.header()
            guard let data = header.chunks.last(where: { $0.id == "data" }) else { return nil }
            return try parser.extent(of: data).defect
        } catch {
            // A header that the library makes out and we don't tells of no damage; one that can't be read may.
            return error.code == .inputOutput ? IntegrityCheck.unread(error) : nil
        }
    }

    /// What the beginning of a file that comes through a pipe tells of its samples.
    enum Beginning {
        /// More of it must have come.
        case open
        /// The samples can't be told from other bytes, or not be decoded, before the whole file is there.
        case needsWhole
        /// They begin where ``PCMLayout/dataRange`` does; the header says how many bytes they are.
        case samples(PCMLayout, byteCount: Int)
    }

    /// What is behind the beginning of the samples, of which some is looked at, and more than a field of a header that reaches
    /// beyond its chunk may be.
    private static let lookahead = 32

    /// Looks at the first bytes of a WAV file.
    ///
    /// - Parameter source: what has come of the file.
    static func beginning(_ source: ByteSource, container: Container) throws(ConversionError) -> Beginning {
        var parser = try WAVParser(source, container: container)
        let header: Header
        do throws(ConversionError) { header = try parser.header() } catch {
            // A header that is not whole yet; what is wrong with a whole one will be found again.
            guard error.code == .damaged else { throw error }
            return .open
        }
        guard let data = header.chunks.last, data.id == "data", data.start + lookahead <= source.size else {
            return .open
        }
        let isWavPack = try parser.isWavPack3()
        // Behind a size of 0, what looks like a chunk may be one.
        let seemsEmpty = isName(try source.bytes(at: data.start, count: 4)) && data.size == 0
        guard !seemsEmpty, !isWavPack, header.channels > 0, let encoding = encoding(header),
            !(encoding == .s32 && header.bitsPerSample == 24)
        else { return .needsWhole }
        let layout = PCMLayout(
            container: container, encoding: encoding, isBigEndian: parser.isBigEndian, sampleRate: header.sampleRate,
            channels: header.channels, speakers: header.speakers, dataRange: data.start..<data.start)
        return .samples(layout, byteCount: data.size)
    }

    /// Whether samples go on behind so many bytes of them: the program did not know how many they would be, and no chunk follows.
    ///
    /// - Parameter next: the 5 bytes that follow, or all there are.
    static func goesOn(behind size: Int, _ next: [UInt8]) -> Bool {
        isStreamMark(size) && !isName(Array(next.prefix(4)))
            && !(size % 2 == 1 && isName(Array(next.dropFirst().prefix(4))))
    }

    /// Whether a size is one that programs write which do not know it: 0xFFFFFFFF, ffmpeg and most; 0x7FFFFFFF less a header,
    /// rounded or not, sox and old tools; 64 bits likewise.
    private static func isStreamMark(_ size: Int) -> Bool {
        size >= 0xFFFF_F000 || (0x7FFF_0000...0x8000_0000).contains(size)
    }

    private func number(_ bytes: [UInt8], at offset: Int, count: Int) -> Int {
        let digits = bytes[offset..<(offset + count)]
        return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
}
