import LayerIII

/// Reads a source forwards, 64 KiB ahead, as memory behind which 16 bytes more may be read.
final class FrameWindow {
    private let source: ByteSource
    private let bytes: UnsafeMutableRawBufferPointer
    private var start = 0
    private var count = 0

    private static let capacity = 1 << 16
    private static let padding = 16

    init(_ source: ByteSource) {
        self.source = source
        bytes = .allocate(byteCount: Self.capacity + Self.padding, alignment: 8)
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { bytes.deallocate() }

    /// The header of the frame at a place; nil if there is none.
    func header(at offset: Int) throws(ConversionError) -> MPEGFrameHeader? {
        guard let bytes = try bytes(at: offset, count: 4) else { return nil }
        return MPEGFrameHeader(UInt32(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)))
    }

    /// All bytes of the frame with a header, good until the next call; nil if its length is not known, or the source ends
    /// before.
    func frame(_ header: MPEGFrameHeader, at offset: Int) throws(ConversionError) -> UnsafeBufferPointer<UInt8>? {
        guard let length = header.length, let bytes = try bytes(at: offset, count: length) else { return nil }
        return UnsafeBufferPointer(start: bytes, count: length)
    }

    /// So many bytes, up to 64 KiB, at a place, good until the next call; nil if the source ends before.
    private func bytes(at offset: Int, count wanted: Int) throws(ConversionError) -> UnsafePointer<UInt8>? {
        if offset < start || offset + wanted > start + count {
            (start, count) = (offset, 0)
            count = try source.read(at: offset, into: .init(rebasing: bytes[..<Self.capacity]))
        }
        guard wanted <= count - (offset - start) else { return nil }
        return UnsafePointer((bytes.baseAddress! + (offset - start)).assumingMemoryBound(to: UInt8.self))
    }
}
