extension FLACStreams {
    /// The first frame whose checksum is wrong, by its number; nil if none is, or if frames are not counted.
    ///
    /// Decoders put silence in the place of such a frame without a word. The check reads the stream once more, at about a
    /// nanosecond a byte.
    static func damagedFrame(in source: ByteSource, _ information: Information) -> Int? {
        guard information.blockSize != nil, var offset = endOfMetadata(source) else { return nil }
        var window = ByteWindow(source)
        // Of the frame that has begun: its number, and the checksum of its bytes so far.
        var (number, checksum) = (Int?.none, CRC16())
        while offset + headerSize <= source.size {
            let chunk = Array(window[offset, 1 << 16])
            guard chunk.count > headerSize else { return nil }
            var done = 0
            for place in places(chunk) {
                guard let frame = FLACFrame(chunk[place...], unlessTold: information.sampleRate),
                    information.fits(frame)
                else { continue }
                checksum.add(chunk[done..<place])
                done = place
                // That of a whole frame, which ends with its own, is 0.
                if let number, !checksum.isZero {
                    // Another stream follows, with a header and tags before its first frame.
                    if frame.number == 0 { return nil }
                    // What looks like a header may be in the middle of a frame.
                    guard frame.number > number, frame.number <= number + 64 else { continue }
                    return number
                }
                (number, checksum) = (frame.number, CRC16())
            }
            checksum.add(chunk[done..<(chunk.count - headerSize)])
            offset += chunk.count - headerSize
        }
        return nil
    }

    /// Where the frames begin: behind the blocks of metadata (RFC 9639, 8.1).
    private static func endOfMetadata(_ source: ByteSource) -> Int? {
        var offset = 4
        while let head = try? source.bytes(at: offset, count: 4), head.count == 4 {
            offset += 4 + Int(head[1]) << 16 + Int(head[2]) << 8 + Int(head[3])
            if head[0] & 0x80 != 0 { return offset }
        }
        return nil
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
