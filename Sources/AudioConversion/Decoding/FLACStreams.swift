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
