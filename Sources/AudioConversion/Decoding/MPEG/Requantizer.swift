internal import Glibc

/// Turns decoded values into the lines of a spectrum: ISO/IEC 11172-3, 2.4.3.4.7 and 2.4.3.4.8.
struct Requantizer {
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
    ///   - gain: an extra gain, in quarters of a power of two.
    ///   - count: how many values there are.
    ///   - spectrum: 576 lines; short blocks are put in the order of frequency, the three windows side by side.
    func add(
        _ values: UnsafePointer<Float>, count: Int, _ channel: SideInformation.Channel, _ factors: ScaleFactors,
        gain: Int,
        to spectrum: UnsafeMutablePointer<Float>
    ) {
        let exponent = channel.globalGain - 210 + gain
        let shift = channel.scalesCoarsely ? 2 : 1
        if channel.blockType == .short {
            let windows = channel.windowGains
            for window in 0..<3 {
                let windowGain = window == 0 ? windows.0 : window == 1 ? windows.1 : windows.2
                addShort(
                    values, count: count, factors, window: window, exponent - 8 * windowGain, shift, to: spectrum)
            }
        } else {
            for band in 0..<22 where bands.long[band] < count {
                let emphasis = factors.emphasizesHighBands ? ScaleFactors.emphasis[band] : 0
                let gain = self.gain(exponent - (factors.values[band] + emphasis) << shift)
                for line in bands.long[band]..<min(count, bands.long[band + 1]) {
                    spectrum[line] += values[line] * gain
                }
            }
        }
    }

    private func addShort(
        _ values: UnsafePointer<Float>, count: Int, _ factors: ScaleFactors, window: Int, _ exponent: Int, _ shift: Int,
        to spectrum: UnsafeMutablePointer<Float>
    ) {
        for band in 0..<13 where 3 * bands.short[band] < count {
            let (start, width) = (bands.short[band], bands.short[band + 1] - bands.short[band])
            let gain = self.gain(exponent - factors.values[3 * band + window] << shift)
            let source = values + 3 * start + window * width
            for index in 0..<width { spectrum[3 * (start + index) + window] += source[index] * gain }
        }
    }

    private func gain(_ exponent: Int) -> Float { gains[exponent - Self.leastExponent] }
}
