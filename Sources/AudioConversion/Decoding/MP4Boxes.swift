/// A box of an ISO base media file: its four characters, and where its content lies.
struct MP4Box: Sendable, Hashable {
    let type: String
    let content: Range<Int>
}

/// Goes through the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), never deeper or longer than files are.
struct MP4Boxes {
    private let source: ByteSource
    private var depth = 0
    private var count = 0

    private static let maximumDepth = 10
    /// A day in fragments of a tenth of a second.
    private static let maximumCount = 2_000_000

    init(_ source: ByteSource) { self.source = source }

    /// Visits the boxes that lie in a range, one after another.
    mutating func walk(
        _ range: Range<Int>, _ visit: (MP4Box, inout MP4Boxes) throws(ConversionError) -> Void
    ) throws(ConversionError) {
        guard depth < Self.maximumDepth else { return }
        depth += 1
        defer { depth -= 1 }
        var offset = range.lowerBound
        while offset + 8 <= range.upperBound, count < Self.maximumCount {
            count += 1
            let head = try source.bytes(at: offset, count: 16)
            guard head.count >= 8 else { return }
            var (size, start) = (bigEndian(head[..<4]), offset + 8)
            if size == 1, head.count == 16 { (size, start) = (bigEndian(head[8...]), offset + 16) }
            if size == 0 { size = range.upperBound - offset }
            guard size >= start - offset, size <= range.upperBound - offset else { return }
            try visit(
                MP4Box(type: String(decoding: head[4..<8], as: UTF8.self), content: start..<(offset + size)), &self)
            offset += size
        }
    }

    /// The first bytes of a box's content.
    func bytes(_ box: MP4Box, _ count: Int) throws(ConversionError) -> [UInt8] {
        try source.bytes(at: box.content.lowerBound, count: min(count, box.content.count))
    }
}
