/// Reads a source a little at a time, forwards, 64 KiB ahead.
struct ByteWindow {
    private let source: ByteSource
    private var bytes: [UInt8] = []
    private var start = 0

    init(_ source: ByteSource) {
        self.source = source
    }

    /// So many bytes at a place; fewer at the end or where reading fails.
    subscript(offset: Int, count: Int) -> ArraySlice<UInt8> {
        mutating get {
            if offset < start || offset + count > start + bytes.count {
                bytes = (try? source.bytes(at: offset, count: max(count, 1 << 16))) ?? []
                start = offset
            }
            return bytes.dropFirst(offset - start).prefix(count)
        }
    }
}
