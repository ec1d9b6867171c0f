/// A stream of Layer III, looked over frame by frame: whether ``LayerIIIDecoder`` can decode it, and which of its samples
/// are to be delivered.
package struct LayerIIIStream {
    /// The header of the first frame; those of the others agree with it in all that matters.
    package let header: MPEGFrameHeader
    /// How many frames with sound were taken.
    package private(set) var frameCount = 0
    /// The samples to deliver of all that are decoded; empty until ``finish()``.
    package private(set) var samples = 0..<0

    /// How many frames the encoder's index promises; nil if there is no index, or it does not tell.
    package var promisedFrameCount: Int? { index?.frameCount.flatMap { $0 > 0 ? $0 : nil } }

    private let index: EncoderIndex?
    /// How many bytes of main data there are before the next frame.
    private var reservoir = 0
    /// How many frames ask for what only a full decoder takes.
    private var oddFrameCount = 0

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

    /// What became of a frame.
    package enum Intake {
        /// It was taken, and is as it should be.
        case sound
        /// It was taken, but its side information contradicts itself: it will be decoded as silence.
        case damaged
        /// It is none of the stream's: another format begins here, or it is too short for its side information.
        case foreign
    }

    /// Takes the next frame with sound.
    ///
    /// - Parameters:
    ///   - header: its header.
    ///   - frame: all its bytes; 8 more must be there to be read behind them.
    package mutating func add(_ header: MPEGFrameHeader, _ frame: UnsafeBufferPointer<UInt8>) -> Intake {
        guard header.continues(self.header), frame.count >= header.mainDataOffset else { return .foreign }
        frameCount += 1
        return isSound(header, frame) ? .sound : .damaged
    }

    /// Whether a frame's side information can be true, given how many bytes of main data are there before it.
    private mutating func isSound(_ header: MPEGFrameHeader, _ frame: UnsafeBufferPointer<UInt8>) -> Bool {
        let available = reservoir
        reservoir = min(MainData.maximumBegin, reservoir + frame.count - header.mainDataOffset)
        guard !header.isIntensity, let information = SideInformation(header, frame.baseAddress!) else {
            oddFrameCount += 1
            return false
        }
        var bits = 0
        for granule in 0..<header.granules {
            for channel in 0..<header.channels { bits += information[granule, channel].length }
            if header.isMidSide, information[granule, 0].blockType != information[granule, 1].blockType {
                oddFrameCount += 1
                return false
            }
        }
        let begin = information.mainDataBegin
        // Where a stream was cut out of another, its first frames lack their beginning.
        return begin > available || bits <= 8 * (begin + frame.count - header.mainDataOffset)
    }

    /// Ends the stream, and finds which samples to deliver.
    ///
    /// - Returns: false if it takes a full decoder, or leaves nothing to deliver.
    package mutating func finish() -> Bool {
        // Intensity stereo and mixed blocks are a choice of the encoder, made often; in a frame here and there they are damage.
        guard oddFrameCount * 50 <= frameCount else { return false }
        let total = frameCount * header.sampleCount
        samples = 0..<total
        guard let index else { return total > 0 }
        // Some encoders count the frame that the index lies in.
        let isWhole = promisedFrameCount.map { ($0 - 1...$0).contains(frameCount) } ?? false
        let first = index.delay > 0 || isWhole ? index.delay + Self.decoderDelay : 0
        let last = isWhole ? min(total, total - index.padding + Self.decoderDelay) : total
        guard first < last else { return false }
        samples = first..<last
        return true
    }
}
