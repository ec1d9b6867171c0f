/// Decodes frames of Layer III, mono or stereo, to one channel, as far as it is heard at 8000 Hz.
///
/// Everything is linear from the lines of the spectrum on: the channels are mixed there, so that the transforms run once.
/// Channels without a part in the result, such as the side of mid and side in the mean, are not even decoded, nor are lines
/// in subbands that do not reach below 4.1 kHz.
package final class LayerIIIDecoder {
    private let spectrumDecoder: SpectrumDecoder
    private let requantizer: Requantizer
    private let synthesis = HybridSynthesis()
    private var factors = [ScaleFactors(), ScaleFactors()]
    private var mainData = MainData()
    private let channel: Int?
    /// The subbands that are heard.
    private let heardBands: Int

    /// From where on the conversion to 8000 Hz lets nothing through, in hertz.
    private static let stopband = 4100

    /// A decoder at the beginning of a stream.
    ///
    /// - Parameters:
    ///   - sampleRate: of the stream, in hertz.
    ///   - channel: the one to take, 1 or 2; nil for the mean of both. The one channel of mono is taken in any case.
    package init(sampleRate: Int, channel: Int?) {
        self.channel = channel
        let bands = ScaleFactorBands(sampleRate: sampleRate)
        spectrumDecoder = SpectrumDecoder(bands)
        requantizer = Requantizer(bands)
        // Subband n is centred on (2 n + 1) / 128 of the sample rate, and the filterbank lets nothing of it through from 1/64
        // of the rate below. One more, since aliases of the next are taken out of the last.
        heardBands = min(32, (128 * Self.stopband / sampleRate + 1) / 2 + 2)
    }

    /// Decodes a frame.
    ///
    /// - Parameters:
    ///   - header: its header, whose length is known and no less than header and side information.
    ///   - frame: all its bytes; 8 more must be there to be read behind them.
    ///   - isWhole: whether to decode all that is there, not only what is heard at 8000 Hz.
    ///   - samples: room for the header's ``MPEGFrameHeader/sampleCount``.
    /// - Returns: false if its codes are damaged; then there is silence in their place.
    package func decode(
        _ header: MPEGFrameHeader, _ frame: UnsafeBufferPointer<UInt8>, isWhole: Bool,
        into samples: UnsafeMutablePointer<Float>
    ) -> Bool {
        let bytes = frame.baseAddress!
        mainData.append(bytes + header.mainDataOffset, count: frame.count - header.mainDataOffset)
        guard let information = SideInformation(header, bytes),
            var bits = mainData.reader(begin: information.mainDataBegin)
        else {
            decodeSilence(header, into: samples)
            return true
        }
        var isIntact = true
        for granule in 0..<header.granules {
            synthesis.begin()
            if !decode(granule, header, information, &bits, bandCount: isWhole ? 32 : heardBands) { isIntact = false }
            synthesis.finish(into: samples + granule * Granule.lines)
        }
        return isIntact
    }

    /// Stands in for a frame whose main data began before the stream did.
    private func decodeSilence(_ header: MPEGFrameHeader, into samples: UnsafeMutablePointer<Float>) {
        for granule in 0..<header.granules {
            synthesis.begin()
            synthesis.finish(into: samples + granule * Granule.lines)
        }
    }

    private func decode(
        _ granule: Int, _ header: MPEGFrameHeader, _ information: SideInformation, _ bits: inout BitReader,
        bandCount: Int
    ) -> Bool {
        var isIntact = true
        let multiple = (bandCount + 7) / 8 * 8
        var last: SideInformation.BlockType?
        for index in 0..<header.channels {
            let channel = information[granule, index]
            let end = bits.position + channel.length
            guard end <= mainData.end else {
                isIntact = false
                break
            }
            if let share = share(of: index, header) {
                if let last, last != channel.blockType { synthesis.addSpectrum(last, bandCount: multiple) }
                last = channel.blockType
                if !decode(channel, index, header, bits, end: end, share, lineLimit: 18 * bandCount) {
                    isIntact = false
                }
            }
            bits.position = end
        }
        if let last { synthesis.addSpectrum(last, bandCount: multiple) }
        return isIntact
    }

    /// What part a channel of the stream has in the result; nil if none.
    private func share(of index: Int, _ header: MPEGFrameHeader) -> Requantizer.Share? {
        let root = -2  // 1 / sqrt(2) in quarters of a power of two
        switch (channel, header.channels, header.isMidSide) {
        case (_, 1, _): return Requantizer.Share()
        // Left and right are the sum and the difference of mid and side, divided by sqrt(2).
        case (nil, _, true): return index == 0 ? Requantizer.Share(gain: root) : nil
        case (let channel?, _, true): return Requantizer.Share(gain: root, isInverted: index == 1 && channel == 2)
        case (nil, _, false): return Requantizer.Share(gain: 2 * root)
        case (let channel?, _, false): return channel == index + 1 ? Requantizer.Share() : nil
        }
    }

    private func decode(
        _ channel: SideInformation.Channel, _ index: Int, _ header: MPEGFrameHeader, _ start: BitReader, end: Int,
        _ share: Requantizer.Share, lineLimit: Int
    ) -> Bool {
        var bits = start
        if header.isVersion1 {
            factors[index].read(channel, &bits)
        } else {
            factors[index].readLowRate(channel, &bits)
        }
        guard channel.length > 0 else { return true }
        let count = requantizer.valueCount(channel.blockType, below: lineLimit)
        guard spectrumDecoder.decode(channel, &bits, end: end, limit: count) else { return false }
        requantizer.add(
            spectrumDecoder.values, count: count, channel, factors[index], share, to: synthesis.spectrum)
        return true
    }
}
