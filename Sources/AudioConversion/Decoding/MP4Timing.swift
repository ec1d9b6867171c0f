/// How long the sound of an MP4, M4A, 3GP or QuickTime file is, by the boxes of its movie header (ISO/IEC 14496-12).
///
/// ffmpeg skips the encoder's delay, which the edit list tells, but delivers the last frame of a codec whole. The media
/// header and the edit list say where in it the sound ends.
struct MP4Timing {
    private let source: ByteSource
    private var movieTimescale = 0
    private var timescale = 0
    private var mediaDuration = 0
    /// The edits that play something: where in the media each starts, and how long it is in units of the movie.
    private var edits: [(mediaTime: Int, duration: Int)] = []
    private var isSound = false
    private var hasDelay = false

    /// The length of the first audio track; nil if the file does not tell it.
    ///
    /// - Parameter sampleRate: of the frames to count.
    static func frameCount(in source: ByteSource, sampleRate: Int) -> Int? {
        var timing = MP4Timing(source)
        try? timing.walk(0..<source.size, depth: 0)
        return timing.frameCount(sampleRate: sampleRate)
    }

    private init(_ source: ByteSource) {
        self.source = source
    }

    private func frameCount(sampleRate: Int) -> Int? {
        guard isSound, timescale > 0, mediaDuration > 0, mediaDuration < 1 << 40, edits.count <= 1, !hasDelay else {
            return nil
        }
        var units = mediaDuration
        if let edit = edits.first {
            units -= edit.mediaTime
            // The edit's length is often rounded to milliseconds: it counts only where it is shorter by more than that.
            if movieTimescale > 0, edit.duration > 0 {
                let length = (Double(edit.duration) + 1) * Double(timescale) / Double(movieTimescale)
                units = Int(min(Double(units), length))
            }
        }
        guard units > 0 else { return nil }
        let frameCount = units * sampleRate / timescale
        return frameCount > 0 ? frameCount : nil
    }

    /// Goes through boxes up to the end of the first audio track.
    private mutating func walk(_ range: Range<Int>, depth: Int) throws(ConversionError) {
        var offset = range.lowerBound
        var count = 0
        while offset + 8 <= range.upperBound, count < 10_000 {
            count += 1
            let head = try source.bytes(at: offset, count: 16)
            guard head.count >= 8 else { return }
            var (size, start) = (Self.number(head, 0, 4), offset + 8)
            if size == 1, head.count == 16 { (size, start) = (Self.number(head, 8, 8), offset + 16) }
            if size == 0 { size = range.upperBound - offset }
            guard size >= start - offset, size <= range.upperBound - offset else { return }
            try visit(String(decoding: head[4..<8], as: UTF8.self), start..<(offset + size), depth: depth)
            offset += size
        }
    }

    private mutating func visit(_ type: String, _ range: Range<Int>, depth: Int) throws(ConversionError) {
        switch type {
        case "moov", "mdia", "edts":
            if depth < 4 { try walk(range, depth: depth + 1) }
        case "trak":
            guard !isSound, depth < 4 else { return }
            (timescale, mediaDuration, edits, hasDelay) = (0, 0, [], false)
            try walk(range, depth: depth + 1)
        case "mvhd": (movieTimescale, _) = try times(range)
        case "mdhd": (timescale, mediaDuration) = try times(range)
        case "hdlr": isSound = try source.bytes(at: range.lowerBound + 8, count: 4) == Array("soun".utf8)
        case "elst": try readEdits(range)
        default: break
        }
    }

    /// The time scale and the duration of a movie or media header, of version 0 or 1.
    private func times(_ range: Range<Int>) throws(ConversionError) -> (timescale: Int, duration: Int) {
        let bytes = try source.bytes(at: range.lowerBound, count: min(range.count, 32))
        guard bytes.count >= 20 else { return (0, 0) }
        if bytes[0] == 0 { return (Self.number(bytes, 12, 4), Self.number(bytes, 16, 4)) }
        return bytes.count >= 32 ? (Self.number(bytes, 20, 4), Self.number(bytes, 24, 8)) : (0, 0)
    }

    private mutating func readEdits(_ range: Range<Int>) throws(ConversionError) {
        let bytes = try source.bytes(at: range.lowerBound, count: min(range.count, 1024))
        guard bytes.count >= 8 else { return }
        let wide = bytes[0] == 1
        let entrySize = wide ? 20 : 12
        for index in 0..<min(Self.number(bytes, 4, 4), (bytes.count - 8) / entrySize) {
            let start = 8 + index * entrySize
            let duration = Self.number(bytes, start, wide ? 8 : 4)
            let mediaTime = Self.number(bytes, start + (wide ? 8 : 4), wide ? 8 : 4)
            // A media time of -1 is a pause.
            if mediaTime >= 1 << 31 { hasDelay = true } else { edits.append((mediaTime, duration)) }
        }
    }

    /// A big-endian number; what has the sign bit of 64 bits set is made the largest.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
        let value = bytes[offset..<(offset + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(clamping: value)
    }
}
