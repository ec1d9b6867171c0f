import TelephonyAudio

/// Looks over a file once it has been decoded: decoders skip what is damaged or missing without a word.
struct IntegrityCheck {
    private let end: Container.EndCheck

    /// - Parameter container: nil if it was not recognised; then nothing tells where the file should end.
    init(_ container: Container?) {
        end = container?.end ?? .unknown
    }

    /// What is found.
    enum Finding: Sendable, Hashable {
        case whole
        /// Nothing is wrong with what is there, but nothing marks its end either, as in a recording of a stream.
        case endsUnmarked
        /// What is wrong.
        case damaged(String)

        init(_ defect: String?) { self = defect.map(Finding.damaged) ?? .whole }

        var defect: String? {
            guard case .damaged(let defect) = self else { return nil }
            return defect
        }
    }

    /// Looks over the file.
    func finding(in source: ByteSource) -> Finding {
        switch end {
        case .mpegFrames: return Finding(MPEGFrames(source).defect)
        case .oggPages: return OggPages.finding(in: source)
        case .wavHeader: return Finding(WAVParser.defect(in: source))
        default:
            do throws(ConversionError) {
                if end == .flacFrames { return Finding(try FLACStreams.defect(in: source)) }
                guard let end = try declaredEnd(source), end > source.size else { return .whole }
                return .damaged("the file ends \(end - source.size) bytes early")
            } catch { return .damaged(Self.unread(error)) }
        }
    }

    /// What is wrong with a file of which fewer frames could be read than it promises.
    static func endsEarly(framesRead count: Int, of promised: Int) -> String {
        "the file ends early: \(count) of \(promised) frames could be read"
    }

    /// What is wrong with a file in which there are fewer frames of its code than it promises.
    static func endsEarly(framesThere count: Int, of promised: Int) -> String {
        "the file ends early: \(count) of \(promised) frames are there"
    }

    /// What is wrong with a file that can't be read to its end: who knows.
    static func unread(_ error: ConversionError) -> String {
        "it is unknown whether the file is complete: \(error.reason)"
    }

    /// A source up to where its header says that it ends, and another sound file that begins there; the whole source, and nothing,
    /// if none does.
    func divide(_ source: ByteSource) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        switch end {
        case .iffHeader, .sunAUHeader, .wave64Header, .coreAudioChunks, .sphereHeader, .avrHeader: break
        default: return (source, nil)
        }
        guard let end = try declaredEnd(source), (1..<source.size).contains(end),
            let next = try Container.beginning(in: source, behind: end)
        else { return (source, nil) }
        return (source.slice(0..<end), next)
    }

    /// Where the header says that the file ends; nil if it does not say.
    private func declaredEnd(_ source: ByteSource) throws(ConversionError) -> Int? {
        switch end {
        case .unknown, .mpegFrames, .oggPages, .wavHeader, .flacFrames: return nil
        case .iffHeader:
            return 8 + (try number(source, at: 4, count: 4))
        case .sunAUHeader:
            let isLittle = try source.bytes(at: 0, count: 4) == Array("dns.".utf8)
            let size = try number(source, at: 8, count: 4, isLittle: isLittle)
            return size == 0xFFFF_FFFF ? nil : try number(source, at: 4, count: 4, isLittle: isLittle) + size
        case .wave64Header:
            return try number(source, at: 16, count: 8, isLittle: true)
        case .coreAudioChunks:
            return try declaredEndOfCAF(source)
        case .sphereHeader:
            return try declaredEndOfSPHERE(source)
        case .avrHeader:
            // Header of 128 bytes; a mono flag, bits, and a count of frames that are 1 or 2 bytes a channel.
            let channels = try number(source, at: 12, count: 2) == 0 ? 1 : 2
            let width = try number(source, at: 14, count: 2) > 8 ? 2 : 1
            return 128 + (try number(source, at: 26, count: 4)) * channels * width
        case .psionHeader:
            return 32 + (try number(source, at: 18, count: 4))
        case .sampleDumpHeader:
            // Numbers of 7 bits a byte; packets of 127 bytes, 120 of them samples of 2, 3 or 4 bytes.
            let width = (try number(source, at: 6, count: 1) + 6) / 7
            let count = try source.bytes(at: 10, count: 3).reversed().reduce(0) { $0 << 7 | Int($1) }
            guard (2...4).contains(width) else { return nil }
            return 21 + (count * width + 119) / 120 * 127
        case .transportPackets:
            // Cameras write four bytes of time before each packet.
            let size = try source.bytes(at: 0, count: 1) == [0x47] ? 188 : 192
            return (source.size + size - 1) / size * size
        case .flashTags: return try PacketWalk.endOfFlashVideo(source)
        case .matlab4Matrices: return try PacketWalk.endOfMatlab4(source)
        case .matlab5Elements: return try PacketWalk.endOfMatlab5(source)
        case .programPackets: return try PacketWalk.endOfProgramStream(source)
        case .adtsFrames: return try ADTSFrames.end(source)
        case .ac3Frames: return try PacketWalk.endOfAC3(source)
        case .vocBlock:
            // Of the first block, mostly the only one with sound; what sox writes there is 8 bytes too small.
            let block = try number(source, at: 20, count: 2, isLittle: true)
            return block + 4 + (try number(source, at: block + 1, count: 3, isLittle: true))
        case .aviHeader:
            // 0 where the size was not known when the header was written.
            return 8 + (try number(source, at: 4, count: 4, isLittle: true))
        }
    }

    /// The end of the data chunk; -1 means to the end of the file.
    private func declaredEndOfCAF(_ source: ByteSource) throws(ConversionError) -> Int? {
        var offset = 8
        for _ in 0..<1000 where offset + 12 <= source.size {
            let size = try number(source, at: offset + 4, count: 8)
            guard size < 1 << 48 else { return nil }
            offset += 12 + size
            if try source.bytes(at: offset - 12 - size, count: 4) == Array("data".utf8) { return offset }
        }
        return nil
    }

    /// The header's length is its second line; then come lines such as `sample_count -i 16000`.
    private func declaredEndOfSPHERE(_ source: ByteSource) throws(ConversionError) -> Int? {
        let words = String(decoding: try source.bytes(at: 0, count: 1024), as: UTF8.self).split { $0.isWhitespace }
        func field(_ name: Substring) -> Int? {
            guard let index = words.firstIndex(of: name), index + 2 < words.count else { return nil }
            return Int(words[index + 2]).flatMap { (0...(1 << 40)).contains($0) ? $0 : nil }
        }
        guard words.count > 1, let head = Int(words[1]), (0...(1 << 20)).contains(head),
            let count = field("sample_count"), let channels = field("channel_count"), channels <= 1024,
            let width = field("sample_n_bytes"), width <= 8
        else { return nil }
        return head + count * channels * width
    }

    private func number(
        _ source: ByteSource, at offset: Int, count: Int, isLittle: Bool = false
    ) throws(ConversionError) -> Int {
        let bytes = try source.bytes(at: offset, count: count)
        return Int(clamping: (isLittle ? bytes.reversed() : bytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
