import TelephonyAudio
/// Reads a source forwards, 64 KiB ahead, as memory behind which a ``BitReader`` may look.
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

    /// So many bytes, up to 64 KiB, at a place, good until the next call; nil if the source ends before.
    func bytes(at offset: Int, count wanted: Int) throws(ConversionError) -> UnsafePointer<UInt8>? {
        if offset < start || offset + wanted > start + count {
            (start, count) = (offset, 0)
            count = try source.read(at: offset, into: .init(rebasing: bytes[..<Self.capacity]))
        }
        guard wanted <= count - (offset - start) else { return nil }
        return UnsafePointer((bytes.baseAddress! + (offset - start)).assumingMemoryBound(to: UInt8.self))
    }
}
