/// The blocks of a Creative VOC file: a type, a length of three bytes, and their content.
enum VOCBlocks {
    /// Whether the sound lies in several blocks, or silence between them, of which libsndfile plays the heads as sound.
    static func areSeveral(in source: ByteSource) throws(ConversionError) -> Bool {
        let start = try source.bytes(at: 20, count: 2)
        guard start.count == 2 else { return false }
        var offset = Int(start[0]) | Int(start[1]) << 8
        var count = 0
        for _ in 0..<100_000 {
            let head = try source.bytes(at: offset, count: 4)
            // The sizes of some programs are a little too small: then no blocks follow one another to the end.
            guard let type = head.first else { return false }
            if type == 0 { return count > 1 }
            guard head.count == 4, type <= 9 else { return false }
            offset += 4 + head[1...].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard offset <= source.size else { return false }
            if [1, 2, 3, 9].contains(type) { count += 1 }
            if offset == source.size { return count > 1 }
        }
        return true
    }
}
