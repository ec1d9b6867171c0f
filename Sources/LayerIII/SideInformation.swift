/// What a frame of Layer III says of its granules: ISO/IEC 11172-3, 2.4.1.7, and 13818-3, 2.4.1.7.
struct SideInformation {
    /// One channel of one granule.
    struct Channel {
        /// Bits of scale factors and Huffman codes.
        var length = 0
        /// Pairs of lines before those of which none is above 1.
        var pairCount = 0
        var globalGain = 0
        /// Chooses the sizes of the scale factors.
        var scaleFactorSizes = 0
        var blockType = BlockType.normal
        /// The Huffman tables of the three regions of pairs.
        var tables = (0, 0, 0)
        /// Scale factor bands in the first two regions, less one; nil where a window switch fixes them.
        var regions: (first: Int, second: Int)?
        /// Steps by which each of the three short windows is quieter.
        var windowGains = (0, 0, 0)
        var emphasizesHighBands = false
        var scalesCoarsely = false
        /// Which of the two codes of quadruples is in use.
        var quadrupleTable = 0
        /// For each of four groups of scale factors, from the highest bit, whether they are those of the granule before.
        var sharedScaleFactors = 0
    }

    /// The window of a granule; the raw value is its number in the stream.
    enum BlockType: Int, CaseIterable {
        case normal, start, short, stop
    }

    /// Bytes before the frame at which its main data begin.
    private(set) var mainDataBegin = 0
    /// By granule, then by channel: as many as the frame has.
    private var channels = InlineArray<4, Channel>(repeating: Channel())
    private let channelCount: Int

    subscript(granule: Int, channel: Int) -> Channel { channels[granule * channelCount + channel] }

    /// Reads the side information of a frame, behind which 8 bytes must be there to be read.
    init?(_ header: MPEGFrameHeader, _ frame: UnsafePointer<UInt8>) {
        self.init(header, BitReader(frame, position: 8 * (header.mainDataOffset - header.sideInformationSize)))
    }

    /// Reads the side information; nil if it has what this decoder has no use for: mixed blocks, or what is forbidden.
    init?(_ header: MPEGFrameHeader, _ bits: BitReader) {
        var bits = bits
        channelCount = header.channels
        let isMono = channelCount == 1
        mainDataBegin = bits.read(header.isVersion1 ? 9 : 8)
        bits.position += header.isVersion1 ? (isMono ? 5 : 3) : (isMono ? 1 : 2)
        if header.isVersion1 {
            for channel in 0..<channelCount { channels[channelCount + channel].sharedScaleFactors = bits.read(4) }
        }
        for index in 0..<(header.granules * channelCount) {
            guard Self.read(&channels[index], &bits, isVersion1: header.isVersion1) else { return nil }
        }
    }

    private static func read(_ channel: inout Channel, _ bits: inout BitReader, isVersion1: Bool) -> Bool {
        channel.length = bits.read(12)
        channel.pairCount = bits.read(9)
        channel.globalGain = bits.read(8)
        channel.scaleFactorSizes = bits.read(isVersion1 ? 4 : 9)
        if bits.readFlag() {
            let (type, isMixed) = (BlockType(rawValue: bits.read(2))!, bits.readFlag())
            channel.blockType = type
            channel.tables = (bits.read(5), bits.read(5), 0)
            channel.windowGains = (bits.read(3), bits.read(3), bits.read(3))
            guard type != .normal, !isMixed else { return false }
        } else {
            channel.tables = (bits.read(5), bits.read(5), bits.read(5))
            channel.regions = (bits.read(4), bits.read(3))
        }
        channel.emphasizesHighBands = isVersion1 && bits.readFlag()
        channel.scalesCoarsely = bits.readFlag()
        channel.quadrupleTable = bits.read(1)
        return channel.pairCount <= 288
    }
}
