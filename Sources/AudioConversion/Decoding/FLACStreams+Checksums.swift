extension FLACStreams {
    /// What is wrong with the frames of a stream; nil if nothing is.
    ///
    /// Decoders put silence in the place of a frame whose checksum is wrong, and ffmpeg loses frames, without a word. The check
    /// reads the stream once more.
    static func defect(in source: ByteSource) throws(ConversionError) -> String? {
        guard let frame = try damagedFrame(in: source) else { return nil }
        return "FLAC data is damaged: the checksum of frame \(frame) is wrong"
    }

    /// The first frame whose checksum is wrong, by its number, or that of its first sample; nil if none is.
    private static func damagedFrame(in source: ByteSource) throws(ConversionError) -> Int? {
        guard var offset = try endOfMetadata(source) else { return nil }
        var frame: Begun?
        // What looks like a header where the frame before it has a wrong checksum: that frame is damaged, or this is no header.
        var doubtful: Begun?
        while offset + headerSize < source.size {
            let chunk = try source.bytes(at: offset, count: 1 << 16)
            guard chunk.count > headerSize else { break }
            var done = 0
            for place in places(chunk) {
                guard let header = FLACFrame(chunk[place...], unlessTold: 0) else { continue }
                frame?.checksum.add(chunk[done..<place])
                doubtful?.checksum.add(chunk[done..<place])
                done = place
                guard let current = frame, !current.checksum.isZero else {
                    // The checksum of a whole frame, which ends with its own, is 0.
                    (frame, doubtful) = (Begun(header, at: offset + place), nil)
                    continue
                }
                if doubtful?.checksum.isZero == true { return current.header.number }
                // Another stream follows, with a header and tags before its first frame.
                if header.number == 0 { return try last(current, doubtful, in: source) }
                if header.mayFollow(current.header) { doubtful = Begun(header, at: offset + place) }
            }
            let end = chunk.count - headerSize
            frame?.checksum.add(chunk[done..<end])
            doubtful?.checksum.add(chunk[done..<end])
            offset += end
        }
        return try last(frame, doubtful, in: source)
    }

    /// A frame whose bytes are gone through.
    private struct Begun {
        let header: FLACFrame
        let start: Int
        var checksum = CRC16()

        init(_ header: FLACFrame, at start: Int) {
            (self.header, self.start) = (header, start)
        }
    }

    /// The last frame of a stream, by its number, if it is damaged, or the one before it.
    private static func last(
        _ frame: Begun?, _ doubtful: Begun?, in source: ByteSource
    ) throws(ConversionError) -> Int? {
        guard let frame else { return nil }
        if let doubtful, try isWhole(source, from: doubtful.start) { return frame.header.number }
        return try isWhole(source, from: frame.start) ? nil : frame.header.number
    }

    /// Whether the frame that begins somewhere ends anywhere behind it: what follows a last frame is not known.
    private static func isWhole(_ source: ByteSource, from start: Int) throws(ConversionError) -> Bool {
        var offset = start
        var checksum = CRC16()
        while offset < source.size {
            let chunk = try source.bytes(at: offset, count: 1 << 16)
            guard !chunk.isEmpty else { return false }
            for (index, byte) in chunk.enumerated() {
                checksum.add(byte)
                if checksum.isZero, offset + index - start >= smallestFrame { return true }
            }
            offset += chunk.count
        }
        return false
    }

    /// Whether what looks like the header of a frame is one: the frame's checksum is right where another header follows.
    static func isFrame(at start: Int, in source: ByteSource) throws(ConversionError) -> Bool {
        let bytes = try source.bytes(at: start, count: largestFrame)
        var checksum = CRC16()
        var done = 0
        for place in places(bytes) where place > 0 && FLACFrame(bytes[place...], unlessTold: 0) != nil {
            checksum.add(bytes[done..<place])
            done = place
            if checksum.isZero { return true }
        }
        return false
    }

    /// As few bytes as a frame can have: a header of 6, a block of a single value, and the checksum.
    private static let smallestFrame = 9
    /// More than a frame of 65,535 samples of eight channels of 16 bits takes, which none is seen to have.
    private static let largestFrame = 1 << 20

    /// Where the frames begin: behind the blocks of metadata (RFC 9639, 8.1).
    private static func endOfMetadata(_ source: ByteSource) throws(ConversionError) -> Int? {
        var offset = 4
        while true {
            let head = try source.bytes(at: offset, count: 4)
            guard head.count == 4 else { return nil }
            offset += 4 + Int(head[1]) << 16 + Int(head[2]) << 8 + Int(head[3])
            if head[0] & 0x80 != 0 { return offset }
        }
    }
}

extension FLACFrame {
    /// Whether this can be the frame after another one, or after some that are damaged.
    fileprivate func mayFollow(_ other: FLACFrame) -> Bool {
        let ahead = number - other.number
        return isCounted == other.isCounted && ahead > 0 && ahead <= (isCounted ? 64 : 64 << 16)
    }
}

/// The checksum of a frame of FLAC: 16 bits, polynomial 0x8005, from 0 (RFC 9639, 9.3).
private struct CRC16 {
    private var value: UInt16 = 0

    var isZero: Bool { value == 0 }

    /// For a byte and, behind it, as many zeros as the first index says.
    private static let tables: [UInt16] = {
        var tables = (0..<256).map { byte in
            (0..<8).reduce(UInt16(byte) << 8) { value, _ in value & 0x8000 != 0 ? value << 1 ^ 0x8005 : value << 1 }
        }
        for index in 256..<(8 * 256) {
            let before = tables[index - 256]
            tables.append(before << 8 ^ tables[Int(before >> 8)])
        }
        return tables
    }()

    mutating func add(_ byte: UInt8) {
        value = value << 8 ^ Self.tables[Int(byte ^ UInt8(value >> 8))]
    }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        Self.tables.withUnsafeBufferPointer { tables in
            bytes.withUnsafeBufferPointer { bytes in
                var (crc, index) = (value, 0)
                // Eight bytes at a time: each goes its own way.
                while index + 8 <= bytes.count {
                    let first = tables[7 * 256 + Int(bytes[index] ^ UInt8(crc >> 8))]
                    let second = tables[6 * 256 + Int(bytes[index + 1] ^ UInt8(truncatingIfNeeded: crc))]
                    crc = first ^ second ^ tables[5 * 256 + Int(bytes[index + 2])]
                    crc ^= tables[4 * 256 + Int(bytes[index + 3])] ^ tables[3 * 256 + Int(bytes[index + 4])]
                    crc ^= tables[2 * 256 + Int(bytes[index + 5])] ^ tables[256 + Int(bytes[index + 6])]
                    crc ^= tables[Int(bytes[index + 7])]
                    index += 8
                }
                while index < bytes.count {
                    crc = crc << 8 ^ tables[Int(bytes[index] ^ UInt8(crc >> 8))]
                    index += 1
                }
                value = crc
            }
        }
    }
}
