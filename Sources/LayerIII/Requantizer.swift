import Glibc

/// Turns decoded values into the lines of a spectrum: ISO/IEC 11172-3, 2.4.3.4.7 and 2.4.3.4.8.
struct Requantizer {
    /// The part of a channel in a spectrum.
    struct Share {
        /// In quarters of a power of two.
        var gain = 0
        var isInverted = false
    }

    private let bands: ScaleFactorBands
    /// 2 to the power of a quarter of the index plus ``leastExponent``.
    private let gains: [Float]

    /// Below what a stream can ask for: gain 0, with the largest of all attenuations.
    private static let leastExponent = -400

    init(_ bands: ScaleFactorBands) {
        self.bands = bands
        gains = (Self.leastExponent...60).map { Float(exp2(Double($0) / 4)) }
    }

    /// How many values, in the order of the stream, hold the lines below a limit: whole bands of short blocks.
    func valueCount(_ type: SideInformation.BlockType, below limit: Int) -> Int {
        guard type == .short else { return limit }
        return 3 * bands.short.first { 3 * $0 >= limit }!
    }

    /// Adds what the values of a channel stand for to a spectrum.
    ///
    /// - Parameters:
    ///   - count: how many values there are.
    ///   - spectrum: 576 lines; short blocks are put in the order of frequency, the three windows side by side.
    func add(
        _ values: UnsafePointer<Float>, count: Int, _ channel: SideInformation.Channel, _ factors: ScaleFactors,
        _ share: Share, to spectrum: UnsafeMutablePointer<Float>
    ) {
        var loudness = Loudness(channel, share)
        guard channel.blockType == .short else {
            return addLong(values, count: count, factors, loudness, to: spectrum)
        }
        let exponent = loudness.exponent
        for (window, gain) in [channel.windowGains.0, channel.windowGains.1, channel.windowGains.2].enumerated() {
            loudness.exponent = exponent - 8 * gain
            addShort(values, count: count, factors, window: window, loudness, to: spectrum)
        }
    }

    private func addLong(
        _ values: UnsafePointer<Float>, count: Int, _ factors: ScaleFactors, _ loudness: Loudness,
        to spectrum: UnsafeMutablePointer<Float>
    ) {
        for band in 0..<22 where bands.long[band] < count {
            let emphasis = factors.emphasizesHighBands ? ScaleFactors.emphasis[band] : 0
            let gain = gain(loudness, factor: factors.values[band] + emphasis)
            for line in bands.long[band]..<min(count, bands.long[band + 1]) { spectrum[line] += values[line] * gain }
        }
    }

    private func addShort(
        _ values: UnsafePointer<Float>, count: Int, _ factors: ScaleFactors, window: Int, _ loudness: Loudness,
        to spectrum: UnsafeMutablePointer<Float>
    ) {
        for band in 0..<13 where 3 * bands.short[band] < count {
            let (start, width) = (bands.short[band], bands.short[band + 1] - bands.short[band])
            let gain = gain(loudness, factor: factors.values[3 * band + window])
            let source = values + 3 * start + window * width
            for index in 0..<width { spectrum[3 * (start + index) + window] += source[index] * gain }
        }
    }

    /// What a scale factor of 0 stands for, and the weight of the others.
    private struct Loudness {
        /// In quarters of a power of two.
        var exponent: Int
        let shift: Int
        let sign: Float

        init(_ channel: SideInformation.Channel, _ share: Share) {
            exponent = channel.globalGain - 210 + share.gain
            shift = channel.scalesCoarsely ? 2 : 1
            sign = share.isInverted ? -1 : 1
        }
    }

    private func gain(_ loudness: Loudness, factor: Int) -> Float {
        gains[loudness.exponent - factor << loudness.shift - Self.leastExponent] * loudness.sign
    }
}
