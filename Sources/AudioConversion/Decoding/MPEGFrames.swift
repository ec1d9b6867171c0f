/// The frames of an MPEG audio stream (ISO/IEC 11172-3 and 13818-3), followed from header to header.
struct MPEGFrames {
    /// The header of a frame, as far as it tells the frame's length.
    struct Header {
        let isVersion1: Bool
        let isMono: Bool
        /// In bytes, header included; nil where the bit rate is "free".
        let length: Int?

        init?(_ bytes: ArraySlice<UInt8>) {
            let b = Array(bytes.prefix(4))
            guard b.count == 4, b[0] == 0xFF, b[1] & 0xE0 == 0xE0 else { return nil }
            let version = Int(b[1] >> 3 & 3)  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
            let layer = 4 - Int(b[1] >> 1 & 3)
            let (rateIndex, bitRateIndex) = (Int(b[2] >> 2 & 3), Int(b[2] >> 4))
            guard version != 1, layer != 4, rateIndex != 3, bitRateIndex != 15 else { return nil }
            isVersion1 = version == 3
            isMono = b[3] >> 6 == 3
            let rate = [44_100, 48_000, 32_000][rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
            let bitRate = Self.bitRates[isVersion1 ? layer - 1 : layer == 1 ? 3 : 4][bitRateIndex] * 1000
            let padding = Int(b[2] >> 1 & 1)
            if bitRate == 0 {
                length = nil
            } else if layer == 1 {
                length = (12 * bitRate / rate + padding) * 4
            } else {
                length = (layer == 3 && !isVersion1 ? 72 : 144) * bitRate / rate + padding
            }
        }

        /// In kbit/s: MPEG-1 layers I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
        private static let bitRates = [
            [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
            [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
            [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
        ]
    }

    /// What is wrong with the stream in a source, or nil: frames that are not where they should be, fewer frames than
    /// the encoder's index promises, or a last frame that is not whole.
    static func defect(in source: ByteSource) -> String? {
        var window = ByteWindow(source)
        var offset = skipTags(&window)
        var frames = 0
        var promised: Int?
        while offset < source.size {
            guard let header = Header(window[offset, 4]) else {
                if frames == 0 { return nil }  // junk before the first frame is what decoders look for themselves
                return isTrailer(&window, offset, size: source.size)
                    ? missing(frames, promised) : "a frame is damaged at byte \(offset)"
            }
            guard let length = header.length else { return nil }
            if frames == 0 { promised = indexedFrames(&window, offset, header) }
            if offset + length > source.size {
                let complaint = "the file ends in the middle of a frame: it was cut off"
                return promised.map { frames >= $0 } == true ? nil : missing(frames, promised) ?? complaint
            }
            offset += length
            frames += 1
        }
        return missing(frames, promised)
    }

    private static func missing(_ frames: Int, _ promised: Int?) -> String? {
        // The index does not count the frame that it lies in.
        guard let promised, frames < promised else { return nil }
        return "the file ends early: \(frames) of \(promised) frames are there"
    }

    /// Where the audio begins: behind ID3v2 tags, whose size is 28 bits in four bytes.
    private static func skipTags(_ window: inout ByteWindow) -> Int {
        var offset = 0
        while case let tag = Array(window[offset, 10]), tag.count == 10, tag.starts(with: Array("ID3".utf8)) {
            offset += 10 + tag[6...].reduce(0) { $0 << 7 | Int($1 & 127) } + (tag[5] & 0x10 != 0 ? 10 : 0)
        }
        return offset
    }

    /// The number of frames that a Xing or Info index promises.
    private static func indexedFrames(_ window: inout ByteWindow, _ offset: Int, _ header: Header) -> Int? {
        let sideInformation = header.isVersion1 ? (header.isMono ? 17 : 32) : (header.isMono ? 9 : 17)
        let index = Array(window[offset + 4 + sideInformation, 12])
        guard index.count == 12, ["Xing", "Info"].contains(String(decoding: index[..<4], as: UTF8.self)),
            index[7] & 1 == 1
        else { return nil }
        return index[8...].reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether what is behind the last frame is a tag or padding.
    private static func isTrailer(_ window: inout ByteWindow, _ offset: Int, size: Int) -> Bool {
        let bytes = window[offset, 16]
        let tags = ["TAG", "APETAGEX", "LYRICSBEGIN", "ID3"]
        return tags.contains { bytes.starts(with: Array($0.utf8)) } || bytes.allSatisfy { $0 == 0 }
    }
}

/// Reads a source a little at a time, forwards, 64 KiB ahead.
struct ByteWindow {
    private let source: ByteSource
    private var bytes: [UInt8] = []
    private var start = 0

    init(_ source: ByteSource) {
        self.source = source
    }

    /// So many bytes at a place; fewer at the end or where reading fails.
    subscript(offset: Int, count: Int) -> ArraySlice<UInt8> {
        mutating get {
            if offset < start || offset + count > start + bytes.count {
                bytes = (try? source.bytes(at: offset, count: max(count, 1 << 16))) ?? []
                start = offset
            }
            return bytes.dropFirst(offset - start).prefix(count)
        }
    }
}
