/// WavPack streams that follow one another in a file.
enum WavPackStreams {
    /// The first of the streams in a source, and the others; the whole source, and nothing, if there is only one.
    ///
    /// Blocks tell their length, and their first sample's number, which is 0 where a stream begins ("WavPack 4 & 5 Binary File
    /// / Block Format", 2.0); further channels lie in blocks that are not marked as initial.
    static func divide(_ source: ByteSource) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        var window = ByteWindow(source)
        var offset = 0
        var hasSound = false
        while true {
            let head = Array(window[offset, headSize])
            guard begins(head) else {
                let behind = try AudioTags.end(source, from: offset)
                guard hasSound, behind > offset, begins(Array(window[behind, headSize])) else { return (source, nil) }
                return (source.slice(0..<offset), source.slice(behind..<source.size))
            }
            func number(_ start: Int) -> Int { head[start..<(start + 4)].reversed().reduce(0) { $0 << 8 | Int($1) } }
            if number(20) > 0 {
                let isInitial = number(24) & 0x800 != 0
                if hasSound, isInitial, number(16) == 0, head[10] == 0 {
                    return (source.slice(0..<offset), source.slice(offset..<source.size))
                }
                hasSound = true
            }
            offset += 8 + max(headSize - 8, number(4))
        }
    }

    private static func begins(_ head: [UInt8]) -> Bool {
        head.count == headSize && head.starts(with: Array("wvpk".utf8))
    }

    private static let headSize = 32
}
