import LayerIII

/// The frames of an MPEG audio stream (ISO/IEC 11172-3 and 13818-3), followed from header to header.
enum MPEGFrames {
    /// What is wrong with the stream in a source, or nil: frames that are not where they should be, fewer frames than
    /// the encoder's index promises, or a last frame that is not whole.
    static func defect(in source: ByteSource) -> String? {
        var window = ByteWindow(source)
        var offset = skipTags(&window)
        var frames = 0
        var promised: Int?
        while offset < source.size {
            guard let header = MPEGFrameHeader(window[offset, 4]) else {
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
    static func skipTags(_ window: inout ByteWindow) -> Int {
        var offset = 0
        while case let tag = Array(window[offset, 10]), tag.count == 10, tag.starts(with: Array("ID3".utf8)) {
            offset += 10 + tag[6...].reduce(0) { $0 << 7 | Int($1 & 127) } + (tag[5] & 0x10 != 0 ? 10 : 0)
        }
        return offset
    }

    /// The number of frames that a Xing or Info index promises.
    private static func indexedFrames(
        _ window: inout ByteWindow, _ offset: Int, _ header: MPEGFrameHeader
    ) -> Int? {
        let index = Array(window[offset + 4 + header.sideInformationSize, 12])
        guard index.count == 12, ["Xing", "Info"].contains(String(decoding: index[..<4], as: UTF8.self)),
            index[7] & 1 == 1
        else { return nil }
        return index[8...].reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether what is behind the last frame is a tag or padding.
    static func isTrailer(_ window: inout ByteWindow, _ offset: Int, size: Int) -> Bool {
        let bytes = window[offset, 16]
        let tags = ["TAG", "APETAGEX", "LYRICSBEGIN", "ID3"]
        return tags.contains { bytes.starts(with: Array($0.utf8)) } || bytes.allSatisfy { $0 == 0 }
    }
}
