/// The Xing or Info index in the first frame of a stream, whose frame holds no sound, with what LAME adds to it.
struct EncoderIndex {
    /// How many frames follow.
    private(set) var frameCount: Int?
    /// Samples to drop at the beginning and at the end, without what the decoder itself is late.
    private(set) var delay = 0
    private(set) var padding = 0

    /// - Parameter frame: a whole frame.
    init?(_ header: MPEGFrameHeader, frame: UnsafeBufferPointer<UInt8>) {
        let start = 4 + header.sideInformationSize
        // A checksum may stand before the side information, which is all zero.
        guard frame.count >= start + 8, !frame[6..<start].contains(where: { $0 != 0 }) else { return nil }
        let magic = String(decoding: frame[start..<(start + 4)], as: UTF8.self)
        guard magic == "Xing" || magic == "Info" else { return nil }
        func number(_ offset: Int, _ count: Int) -> Int? {
            guard offset + count <= frame.count else { return nil }
            return frame[offset..<(offset + count)].reduce(0) { $0 << 8 | Int($1) }
        }
        let parts = frame[start + 7]
        if parts & 1 != 0 { frameCount = number(start + 8, 4) }
        let sizes = [4, 4, 100, 4].enumerated().filter { parts >> $0.offset & 1 != 0 }
        let encoder = start + 8 + sizes.reduce(0) { $0 + $1.element }
        guard encoder + 24 <= frame.count, frame[encoder] != 0, let trimming = number(encoder + 21, 3) else { return }
        (delay, padding) = (trimming >> 12, trimming & 0xFFF)
    }
}
