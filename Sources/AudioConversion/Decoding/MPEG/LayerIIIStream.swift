import TelephonyAudio
/// A stream of Layer III that ``LayerIIIReader`` decodes, looked over from its first frame to its last.
struct LayerIIIStream {
    /// The header of the first frame; those of the others agree with it in all that matters.
    let header: MPEGFrames.Header
    /// Where the first frame with sound begins.
    private(set) var start: Int
    private(set) var frameCount = 0
    /// The samples to deliver of all that are decoded.
    private(set) var samples = 0..<0

    /// By how many samples a decoder is late: what LAME's delay does not count.
    private static let decoderDelay = 529

    /// - Returns: nil if the stream is not whole, or has what only a full decoder takes: other layers, a free bit rate,
    ///   intensity stereo, mixed blocks, a change of format, frames that contradict themselves or the encoder's index.
    init?(_ source: ByteSource) throws(ConversionError) {
        var tags = ByteWindow(source)
        start = MPEGFrames.skipTags(&tags)
        let window = FrameWindow(source)
        guard let first = try Self.header(window, start), first.layer == 3, let length = first.length,
            let bytes = try window.bytes(at: start, count: length)
        else { return nil }
        header = first
        let index = EncoderIndex(first, frame: UnsafeBufferPointer(start: bytes, count: length))
        // One frame alone may as well be chance.
        guard try Self.header(window, start + length)?.continues(first) == true else { return nil }
        if index != nil { start += length }
        guard try scan(window, size: source.size, &tags), trim(index) else { return nil }
    }

    private static func header(_ window: FrameWindow, _ offset: Int) throws(ConversionError) -> MPEGFrames.Header? {
        guard let bytes = try window.bytes(at: offset, count: 4) else { return nil }
        return MPEGFrames.Header(UInt32(bigEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt32.self)))
    }

    /// Counts the frames up to the end of the source, or to a tag; false if one is not as it should be.
    private mutating func scan(
        _ window: FrameWindow, size: Int, _ tags: inout ByteWindow
    ) throws(ConversionError) -> Bool {
        var offset = start
        var reservoir = 0
        while offset < size {
            guard let header = try Self.header(window, offset) else {
                return MPEGFrames.isTrailer(&tags, offset, size: size)
            }
            guard header.continues(self.header), !header.isIntensity, let length = header.length,
                offset + length <= size, length >= header.mainDataOffset,
                let frame = try window.bytes(at: offset, count: length),
                Self.isSound(header, frame, length: length, &reservoir)
            else { return false }
            offset += length
            frameCount += 1
        }
        return true
    }

    /// Whether a frame's side information can be true, given how many bytes of main data are there before it.
    private static func isSound(
        _ header: MPEGFrames.Header, _ frame: UnsafePointer<UInt8>, length: Int, _ reservoir: inout Int
    ) -> Bool {
        guard let information = SideInformation(header, frame) else { return false }
        var bits = 0
        for granule in 0..<header.granules {
            for channel in 0..<header.channels { bits += information[granule, channel].length }
            if header.isMidSide, information[granule, 0].blockType != information[granule, 1].blockType { return false }
        }
        let begin = information.mainDataBegin
        // Where a stream was cut out of another, its first frames lack their beginning.
        let isComplete = begin <= reservoir
        reservoir = min(MainData.maximumBegin, reservoir + length - header.mainDataOffset)
        return !isComplete || bits <= 8 * (begin + length - header.mainDataOffset)
    }

    /// Finds what to deliver; false if the index tells of other frames than there are, or leaves nothing.
    private mutating func trim(_ index: EncoderIndex?) -> Bool {
        let total = frameCount * header.sampleCount
        samples = 0..<total
        if let index, let promised = index.frameCount, promised > 0 {
            guard promised == frameCount else { return false }
            let first = index.delay + Self.decoderDelay
            let last = min(total, total - index.padding + Self.decoderDelay)
            guard first < last else { return false }
            samples = first..<last
        }
        return !samples.isEmpty
    }
}

extension SideInformation {
    /// Reads the side information of a frame.
    init?(_ header: MPEGFrames.Header, _ frame: UnsafePointer<UInt8>) {
        self.init(header, BitReader(frame, position: 8 * (header.mainDataOffset - header.sideInformationSize)))
    }
}
