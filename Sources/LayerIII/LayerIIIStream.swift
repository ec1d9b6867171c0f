/// A stream of Layer III, looked over frame by frame: whether ``LayerIIIDecoder`` can decode it, and which of its samples
/// are to be delivered.
package struct LayerIIIStream {
    /// The header of the first frame; those of the others agree with it in all that matters.
    package let header: MPEGFrameHeader
    /// How many frames with sound were taken.
    package private(set) var frameCount = 0
    /// The samples to deliver of all that are decoded; empty until ``finish()``.
    package private(set) var samples = 0..<0

    private let index: EncoderIndex?
    /// How many bytes of main data there are before the next frame.
    private var reservoir = 0

    /// By how many samples a decoder is late: what LAME's delay does not count.
    private static let decoderDelay = 529

    /// Begins a stream.
    ///
    /// - Parameters:
    ///   - header: of the first frame.
    ///   - frame: all its bytes.
    /// - Returns: nil if it is no frame of Layer III.
    package init?(_ header: MPEGFrameHeader, firstFrame frame: UnsafeBufferPointer<UInt8>) {
        guard header.layer == 3 else { return nil }
        self.header = header
        index = EncoderIndex(header, frame: frame)
    }

    /// Whether the first frame holds an encoder's index in place of sound; then it is not to be added.
    package var beginsWithIndex: Bool { index != nil }

    /// Takes the next frame with sound.
    ///
    /// - Parameters:
    ///   - header: its header.
    ///   - frame: all its bytes; 8 more must be there to be read behind them.
    /// - Returns: false if it is not as it should be, or has what only a full decoder takes: another layer, a free bit rate,
    ///   intensity stereo, mixed blocks, a change of format, side information that contradicts itself.
    package mutating func add(_ header: MPEGFrameHeader, _ frame: UnsafeBufferPointer<UInt8>) -> Bool {
        guard header.continues(self.header), !header.isIntensity, frame.count >= header.mainDataOffset,
            isSound(header, frame)
        else { return false }
        frameCount += 1
        return true
    }

    /// Whether a frame's side information can be true, given how many bytes of main data are there before it.
    private mutating func isSound(_ header: MPEGFrameHeader, _ frame: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let information = SideInformation(header, frame.baseAddress!) else { return false }
        var bits = 0
        for granule in 0..<header.granules {
            for channel in 0..<header.channels { bits += information[granule, channel].length }
            if header.isMidSide, information[granule, 0].blockType != information[granule, 1].blockType { return false }
        }
        let begin = information.mainDataBegin
        // Where a stream was cut out of another, its first frames lack their beginning.
        let isComplete = begin <= reservoir
        reservoir = min(MainData.maximumBegin, reservoir + frame.count - header.mainDataOffset)
        return !isComplete || bits <= 8 * (begin + frame.count - header.mainDataOffset)
    }

    /// Ends the stream, and finds which samples to deliver.
    ///
    /// - Returns: false if the encoder's index tells of other frames than there are, or leaves nothing.
    package mutating func finish() -> Bool {
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
