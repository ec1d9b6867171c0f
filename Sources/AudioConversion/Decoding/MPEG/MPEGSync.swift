import LayerIII

/// Finds where frames of MPEG audio begin, as in a capture of a radio stream, which may begin within one.
enum MPEGSync {
    /// Where in a source frames begin that agree.
    ///
    /// - Parameters:
    ///   - start: where to begin to look.
    ///   - reach: how many bytes to look at.
    ///   - count: how many frames must follow one another.
    /// - Returns: the place of the first of them; nil if there are none.
    static func find(
        _ source: ByteSource, from start: Int, within reach: Int = .max, frames count: Int
    ) throws(ConversionError) -> Int? {
        var window = ByteWindow(source)
        // A window of its own, which only goes forwards.
        var ahead = ByteWindow(source)
        let end = reach < source.size - start ? start + reach : source.size
        var offset = start
        while offset + 4 <= end {
            let chunk = window[offset, 4096]
            guard let sync = chunk.firstIndex(of: 0xFF) else {
                offset += max(1, chunk.count)
                continue
            }
            offset += sync - chunk.startIndex
            if offset + 4 <= end, agree(&ahead, offset, count: count) { return offset }
            offset += 1
        }
        return nil
    }

    /// Whether so many frames begin at a place and follow one another.
    private static func agree(_ window: inout ByteWindow, _ start: Int, count: Int) -> Bool {
        guard let first = MPEGFrameHeader(window[start, 4]) else { return false }
        var (offset, header) = (start, first)
        for _ in 1..<count {
            guard let length = header.length else { return false }
            offset += length
            guard let next = MPEGFrameHeader(window[offset, 4]), next.continues(first) else { return false }
            header = next
        }
        return true
    }
}
