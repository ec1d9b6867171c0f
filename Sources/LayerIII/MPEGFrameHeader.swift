/// The header of a frame of MPEG audio, of any layer: ISO/IEC 11172-3, 2.4.2.3.
package struct MPEGFrameHeader: Sendable {
    /// Whether it is MPEG-1, not MPEG-2 or 2.5 with its low rates.
    let isVersion1: Bool
    /// 1, 2 or 3.
    package let layer: Int
    /// In hertz.
    package let sampleRate: Int
    /// In bytes, header included; nil where the bit rate is "free".
    package let length: Int?
    /// Whether two bytes of checksum follow the header.
    let hasChecksum: Bool
    /// 1 or 2.
    package let channels: Int
    /// Whether the channels are the sum and the difference of left and right.
    let isMidSide: Bool
    /// Whether the channels share a spectrum.
    let isIntensity: Bool

    /// - Parameter bytes: 4 bytes or more.
    /// - Returns: nil if they are fewer, or begin no frame.
    package init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= 4 else { return nil }
        self.init(bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
    }

    /// - Parameter word: the four bytes, the first the highest.
    /// - Returns: nil if they begin no frame.
    package init?(_ word: UInt32) {
        func field(_ start: UInt32, _ mask: UInt32) -> Int { Int(word >> start & mask) }
        let version = field(19, 3)  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
        let (rateIndex, bitRateIndex) = (field(10, 3), field(12, 15))
        layer = 4 - field(17, 3)
        guard word >> 21 == 0x7FF, version != 1, layer != 4, rateIndex != 3, bitRateIndex != 15 else { return nil }
        isVersion1 = version == 3
        sampleRate = Self.sampleRates[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2)
        hasChecksum = field(16, 1) == 0
        let mode = field(6, 3)  // 1: joint stereo, 3: mono
        channels = mode == 3 ? 1 : 2
        isMidSide = mode == 1 && field(5, 1) == 1
        isIntensity = mode == 1 && field(4, 1) == 1
        let bitRate = Self.bitRates[isVersion1 ? layer - 1 : layer == 1 ? 3 : 4][bitRateIndex] * 1000
        let padding = field(9, 1)
        if bitRate == 0 {
            length = nil
        } else if layer == 1 {
            length = (12 * bitRate / sampleRate + padding) * 4
        } else {
            length = (layer == 3 && !isVersion1 ? 72 : 144) * bitRate / sampleRate + padding
        }
    }

    /// The granules of a frame of Layer III.
    var granules: Int { isVersion1 ? 2 : 1 }

    /// The samples of a frame of Layer III, per channel.
    package var sampleCount: Int { granules * Granule.lines }

    /// The size of Layer III's side information in bytes.
    package var sideInformationSize: Int { isVersion1 ? (channels == 1 ? 17 : 32) : (channels == 1 ? 9 : 17) }

    /// Where Layer III's main data begin.
    package var mainDataOffset: Int { 4 + (hasChecksum ? 2 : 0) + sideInformationSize }

    /// Whether one decoder can go on from a frame with another header to one with this.
    package func continues(_ other: MPEGFrameHeader) -> Bool {
        isVersion1 == other.isVersion1 && layer == other.layer && sampleRate == other.sampleRate
            && channels == other.channels
    }

    private static let sampleRates = [44_100, 48_000, 32_000]

    /// In kbit/s: MPEG-1 layers I, II, III; MPEG-2 layer I; MPEG-2 layers II and III.
    private static let bitRates = [
        [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ]
}

/// A granule of Layer III: half a frame of MPEG-1, a whole one of MPEG-2 and 2.5.
package enum Granule {
    /// The lines of its spectrum, and its samples, of each channel.
    package static let lines = 576
}
