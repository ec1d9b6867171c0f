/// FLAC streams that follow one another in a file (RFC 9639).
enum FLACStreams {
    /// The streams of a source that does not tell how long its first one is; the whole source if it does tell, or is the only
    /// one.
    static func divide(_ source: ByteSource) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        // The number of samples: 36 bits behind 10 bytes of sizes and 28 bits of format (RFC 9639, 8.2).
        let count = try source.bytes(at: 21, count: 5)
        guard count.count == 5, count[0] & 15 == 0, count[1...] == [0, 0, 0, 0],
            let next = next(in: source, near: 0)
        else { return (source, nil) }
        return (source.slice(0..<next.position(0) - source.position(0)), next)
    }

    /// What a stream says of itself.
    struct Information {
        let sampleRate: Int
        let bitsPerSample: Int
    }

    /// What the stream that a source begins with says of itself: 20 bits of rate, 3 of channels, 5 of sample size (RFC 9639,
    /// 8.2); nil if it does not begin with that.
    static func information(_ source: ByteSource) throws(ConversionError) -> Information? {
        let head = try source.bytes(at: 0, count: minimumSize)
        guard begins(head[...]) else { return nil }
        let rate = Int(head[18]) << 12 | Int(head[19]) << 4 | Int(head[20]) >> 4
        return Information(sampleRate: rate, bitsPerSample: (Int(head[20] & 1) << 4 | Int(head[21]) >> 4) + 1)
    }

    /// Whether bytes are the beginning of a frame.
    static func beginsWithFrame(_ bytes: ArraySlice<UInt8>) -> Bool { frameRate(bytes, unlessTold: 0) != nil }

    /// Whether frames at a few places in a stream are of another rate than its beginning says.
    static func changesRate(_ source: ByteSource, from rate: Int) -> Bool {
        var window = ByteWindow(source)
        for part in 1..<16 {
            let start = source.size / 16 * part
            let bytes = Array(window[start, 1 << 14])
            // Nearly all bytes are ruled out by the two of the sync code.
            let places = bytes.indices.dropLast(16).lazy.filter { bytes[$0] == 0xFF && bytes[$0 + 1] & 0xFE == 0xF8 }
            let frames = places.compactMap { frameRate(bytes[$0...], unlessTold: rate) }
            if let found = frames.first, found != rate { return true }
        }
        return false
    }

    /// The sample rate of the frame that bytes begin, whose checksum is right (RFC 9639, 9.1); nil if they begin none.
    private static func frameRate(_ bytes: ArraySlice<UInt8>, unlessTold rate: Int) -> Int? {
        let head = Array(bytes.prefix(16))
        guard head.count == 16, head[0] == 0xFF, head[1] & 0xFE == 0xF8, head[2] >> 4 != 0, head[2] & 15 != 15,
            head[3] >> 4 < 11, head[3] & 1 == 0
        else { return nil }
        // The number of the frame is coded as characters are in UTF-8, of up to 36 bits.
        let ones = (~head[4]).leadingZeroBitCount
        guard ones != 1, ones <= 7 else { return nil }
        var length = 4 + max(1, ones)
        length += head[2] >> 4 == 6 ? 1 : head[2] >> 4 == 7 ? 2 : 0
        let code = Int(head[2] & 15)
        let extra = length
        length += code == 12 ? 1 : code > 12 ? 2 : 0
        guard length < 16, crc8(head[..<length]) == head[length] else { return nil }
        switch code {
        case 0: return rate
        case 12: return Int(head[extra]) * 1000
        case 13: return Int(head[extra]) << 8 | Int(head[extra + 1])
        case 14: return (Int(head[extra]) << 8 | Int(head[extra + 1])) * 10
        default: return sampleRates[code - 1]
        }
    }

    private static let sampleRates = [
        88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
    ]

    /// The checksum of a frame's header: polynomial 0x07, from 0.
    private static func crc8(_ bytes: ArraySlice<UInt8>) -> UInt8 {
        bytes.reduce(0) { crc, byte in
            (0..<8).reduce(crc ^ byte) { value, _ in value & 0x80 != 0 ? value << 1 ^ 0x07 : value << 1 }
        }
    }

    /// The stream that follows the first one of a source.
    ///
    /// - Parameter place: how far the decoder had read when the first one ended, which may be a little farther.
    static func next(in source: ByteSource, near place: Int) -> ByteSource? {
        var window = ByteWindow(source)
        var offset = max(minimumSize, place - readAhead)
        while offset + minimumSize <= source.size {
            let chunk = window[offset, 1 << 15]
            guard let index = chunk.firstIndex(of: magic[0]) else {
                offset += max(1, chunk.count)
                continue
            }
            offset += index - chunk.startIndex
            if begins(window[offset, minimumSize]) { return source.slice(offset..<source.size) }
            offset += 1
        }
        return nil
    }

    /// Whether bytes are the beginning of a stream: the marker and the block of stream information.
    private static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == minimumSize, bytes.starts(with: magic) else { return false }
        let block = Array(bytes.dropFirst(4))
        let (smallest, largest) = (Int(block[4]) << 8 | Int(block[5]), Int(block[6]) << 8 | Int(block[7]))
        return block[0] & 0x7F == 0 && block[1...3] == [0, 0, 34] && smallest >= 16 && smallest <= largest
    }

    private static let magic = Array("fLaC".utf8)
    /// The marker, the head of a block, and the stream information.
    private static let minimumSize = 42
    /// How far decoders and our own input read ahead.
    private static let readAhead = 1 << 18
}
