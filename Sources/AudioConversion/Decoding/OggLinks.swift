/// The links of a chained Ogg stream: streams one after another, each with headers and perhaps a format of its own (RFC 3533,
/// section 4).
enum OggLinks {
    /// Divides a source into its first link and what follows it.
    ///
    /// - Returns: the whole source, and nothing, if there is only one.
    static func divide(_ source: ByteSource) throws(ConversionError) -> (first: ByteSource, rest: ByteSource?) {
        var window = ByteWindow(source)
        var offset = 0
        var hasData = false
        while true {
            let head = window[offset, 27 + 255]
            guard head.count >= 27, head.starts(with: magic) else {
                // Tags and zeros may lie between two links.
                let behind = try AudioTags.end(source, from: offset)
                let next = window[behind, 27]
                guard hasData, behind > offset, next.count == 27, next.starts(with: magic),
                    next[next.startIndex + 5] & 2 != 0
                else { return (source, nil) }
                return (source.slice(0..<offset), source.slice(behind..<source.size))
            }
            let first = head.startIndex
            // All streams of a link begin before the first of its pages with data.
            let begins = head[first + 5] & 2 != 0
            if begins, hasData {
                return (source.slice(0..<offset), source.slice(offset..<source.size))
            }
            hasData = hasData || !begins
            let segmentCount = Int(head[first + 26])
            offset += 27 + segmentCount + head.dropFirst(27).prefix(segmentCount).reduce(0) { $0 + Int($1) }
        }
    }

    private static let magic = Array("OggS".utf8)
}
