/// The frames of AAC in an audio data transport stream (ISO/IEC 13818-7, 6.2).
enum ADTSFrames {
    /// Where in a source frames begin that agree.
    ///
    /// - Parameters:
    ///   - start: where to begin to look.
    ///   - reach: how many bytes to look at.
    ///   - count: how many frames must follow one another.
    /// - Returns: the place of the first of them; nil if there are none.
    static func find(
        _ source: ByteSource, from start: Int, within reach: Int, frames count: Int
    ) throws(ConversionError) -> Int? {
        var window = ByteWindow(source)
        // A window of its own, which only goes forwards.
        var ahead = ByteWindow(source)
        for offset in start..<min(source.size, start + reach) where window[offset, 1].first == 0xFF {
            var place = offset
            let first = header(ahead[offset, 7])
            var agreeing = 0
            while let first, agreeing < count, let next = header(ahead[place, 7]), next.format == first.format {
                place += next.length
                agreeing += 1
            }
            if agreeing == count { return offset }
        }
        return nil
    }

    /// Where the last frame would end; nil if no frame is where one should be.
    static func end(_ source: ByteSource) throws(ConversionError) -> Int? {
        var window = ByteWindow(source)
        var offset = 0
        while offset < source.size {
            let head = window[offset, 7]
            guard head.count == 7 else { return head.first == 0xFF ? offset + 7 : nil }
            guard let header = header(head) else { return nil }
            offset += header.length
        }
        return offset
    }

    /// The length of the frame that bytes begin, and what all frames of a stream share; nil if they begin none.
    private static func header(_ bytes: ArraySlice<UInt8>) -> (length: Int, format: [UInt8])? {
        guard bytes.count == 7 else { return nil }
        let head = Array(bytes)
        guard head[0] == 0xFF, head[1] & 0xF6 == 0xF0, head[2] >> 2 & 15 < 13 else { return nil }
        let length = Int(head[3] & 3) << 11 | Int(head[4]) << 3 | Int(head[5]) >> 5
        guard length >= 7 else { return nil }
        return (length, [head[1], head[2], head[3] & 0xC0])
    }
}
