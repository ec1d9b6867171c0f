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
        let channels: Int
        let bitsPerSample: Int
        /// How many samples a channel has; 0 where that is not known.
        let sampleCount: Int
        /// Samples of a block, where all but the last have as many; nil otherwise.
        let blockSize: Int?
    }

    /// What the stream that a source begins with says of itself: 20 bits of rate, 3 of channels, 5 of sample size (RFC 9639,
    /// 8.2); nil if it does not begin with that.
    static func information(_ source: ByteSource) throws(ConversionError) -> Information? {
        let head = try source.bytes(at: 0, count: minimumSize)
        guard begins(head[...]) else { return nil }
        let smallest = Int(head[8]) << 8 | Int(head[9])
        return Information(
            sampleRate: Int(head[18]) << 12 | Int(head[19]) << 4 | Int(head[20]) >> 4,
            channels: Int(head[20] >> 1 & 7) + 1, bitsPerSample: (Int(head[20] & 1) << 4 | Int(head[21]) >> 4) + 1,
            sampleCount: bigEndian([head[21] & 15] + head[22..<26]),
            blockSize: head[8..<10] == head[10..<12] ? smallest : nil)
    }

    /// Whether bytes are the beginning of a frame.
    static func beginsWithFrame(_ bytes: ArraySlice<UInt8>) -> Bool { FLACFrame(bytes, unlessTold: 0) != nil }

    /// A stream with a header that does not tell how many samples there are, where it tells too few.
    ///
    /// Decoders would stop there without a word.
    ///
    /// - Returns: the source itself, if its last frames lie within what the header tells.
    static func mended(_ source: ByteSource, _ information: Information) throws(ConversionError) -> ByteSource {
        guard information.sampleCount > 0, let blockSize = information.blockSize else { return source }
        let tail = try source.bytes(at: max(minimumSize, source.size - 1 << 16), count: 1 << 16)
        let frames = places(tail).compactMap { FLACFrame(tail[$0...], unlessTold: information.sampleRate) }
        guard let last = frames.last(where: information.fits), last.number * blockSize >= information.sampleCount else {
            return source
        }
        return source.replacing(at: 21, with: [try source.bytes(at: 21, count: 1)[0] & 0xF0, 0, 0, 0, 0])
    }

    /// What follows damage in a stream: its frames from the first whole one on, with the stream's header before them.
    ///
    /// - Parameter sampleCount: how many samples were decoded before the damage.
    /// - Returns: nil if no frame follows.
    static func resumed(_ source: ByteSource, after sampleCount: Int) -> ByteSource? {
        guard let information = try? information(source), let blockSize = information.blockSize,
            var head = try? source.bytes(at: 0, count: minimumSize)
        else { return nil }
        // The only block; samples are not counted, and have no checksum.
        head[4] |= 0x80
        head[21] &= 0xF0
        head.replaceSubrange(22..<42, with: repeatElement(0, count: 20))
        var window = ByteWindow(source)
        // A stream that was resumed before begins with a later frame.
        let first = FLACFrame(window[minimumSize, 16], unlessTold: information.sampleRate)?.number ?? 0
        var offset = minimumSize
        while offset + 16 <= source.size {
            let chunk = Array(window[offset, 1 << 15])
            for place in places(chunk) {
                guard let frame = FLACFrame(chunk[place...], unlessTold: information.sampleRate),
                    information.fits(frame),
                    (frame.number - first) * blockSize > sampleCount
                else { continue }
                let start = offset + place
                return source.slice((start - minimumSize)..<source.size).replacing(at: 0, with: head)
            }
            guard chunk.count > 16 else { return nil }
            offset += chunk.count - 16
        }
        return nil
    }

    /// Where in bytes the sync code of a frame stands, with a whole header behind it.
    static func places(_ bytes: [UInt8]) -> [Int] {
        bytes.withUnsafeBytes { bytes in
            let end = max(0, bytes.count - headerSize)
            var places: [Int] = []
            var index = 0
            while index < end {
                // Eight bytes at a time, few of which have one that is 0xFF.
                let eight = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                if (~eight &- 0x0101_0101_0101_0101) & eight & 0x8080_8080_8080_8080 != 0 {
                    for place in index..<min(index + 8, end)
                    where bytes[place] == 0xFF && bytes[place + 1] & 0xFE == 0xF8 { places.append(place) }
                }
                index += 8
            }
            return places
        }
    }

    /// Whether frames at a few places in a stream are of another rate, or have other channels, than its beginning says.
    static func changesFormat(
        _ source: ByteSource, from information: Information
    ) throws(ConversionError) -> Bool {
        for part in 1..<16 {
            let start = source.size / 16 * part
            let bytes = try source.bytes(at: start, count: 1 << 14)
            let other = places(bytes).first { place in
                guard let frame = FLACFrame(bytes[place...], unlessTold: information.sampleRate) else { return false }
                return frame.sampleRate != information.sampleRate || frame.channels != information.channels
            }
            // What looks like a header may be in the middle of a frame.
            if let other, try isFrame(at: start + other, in: source) { return true }
        }
        return false
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

    /// As much as the header of a frame may take.
    static let headerSize = 16
    private static let magic = Array("fLaC".utf8)
    /// The marker, the head of a block, and the stream information.
    private static let minimumSize = 42
    /// How far decoders and our own input read ahead.
    private static let readAhead = 1 << 18
}

/// The header of a frame of FLAC (RFC 9639, 9.1).
struct FLACFrame {
    let sampleRate: Int
    let channels: Int
    /// Whether all blocks but the last have one size, so that frames are counted and not samples.
    let isCounted: Bool
    /// Which frame of the stream it is, from 0, or its first sample.
    let number: Int

    /// - Parameter rate: the stream's, which a frame need not tell.
    /// - Returns: nil if the bytes begin no frame, or its checksum is wrong.
    init?(_ bytes: ArraySlice<UInt8>, unlessTold rate: Int) {
        let head = Array(bytes.prefix(16))
        guard head.count == 16, head[0] == 0xFF, head[1] & 0xFE == 0xF8, head[2] >> 4 != 0, head[2] & 15 != 15,
            head[3] >> 4 < 11, head[3] & 1 == 0
        else { return nil }
        // The number is coded as characters are in UTF-8, of up to 36 bits.
        let ones = (~head[4]).leadingZeroBitCount
        guard ones != 1, ones <= 7 else { return nil }
        number = head[5..<(4 + max(1, ones))].reduce(Int(head[4]) & 0xFF >> (ones + 1)) { $0 << 6 | Int($1 & 63) }
        var length = 4 + max(1, ones)
        length += head[2] >> 4 == 6 ? 1 : head[2] >> 4 == 7 ? 2 : 0
        let code = Int(head[2] & 15)
        let extra = length
        length += code == 12 ? 1 : code > 12 ? 2 : 0
        guard length < 16, Self.crc8(head[..<length]) == head[length] else { return nil }
        isCounted = head[1] & 1 == 0
        // From 8 on: two channels, one of which or both are differences.
        channels = head[3] >> 4 < 8 ? Int(head[3] >> 4) + 1 : 2
        switch code {
        case 0: sampleRate = rate
        case 12: sampleRate = Int(head[extra]) * 1000
        case 13: sampleRate = Int(head[extra]) << 8 | Int(head[extra + 1])
        case 14: sampleRate = (Int(head[extra]) << 8 | Int(head[extra + 1])) * 10
        default: sampleRate = Self.sampleRates[code - 1]
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
}

extension FLACStreams.Information {
    /// Whether a frame can be one of the stream, whose frames are counted.
    func fits(_ frame: FLACFrame) -> Bool {
        frame.isCounted && frame.sampleRate == sampleRate && frame.channels == channels
    }
}
