import CTelephonyKernels
import Glibc

/// Makes samples of spectra: alias reduction, inverse MDCT and the synthesis filterbank (ISO/IEC 11172-3, 2.4.3.4.9 and on),
/// for one channel, of which only the lowest subbands need be computed.
final class HybridSynthesis {
    /// The spectrum that ``addSpectrum(_:bandCount:)`` takes: 576 lines.
    let spectrum: UnsafeMutablePointer<Float>

    private static let bands = Int(TK_MPEG_BANDS)
    private static let slots = Int(TK_MPEG_SLOTS)
    private static let oldSlots = Int(TK_MPEG_OLD_SLOTS)

    private let memory: UnsafeMutablePointer<Float>
    /// Lines, time slots and the overlap with the next granule: a row of subbands for each of 18.
    private let lines, timeSlots, overlap: UnsafeMutablePointer<Float>
    private let history: UnsafeMutablePointer<Float>
    /// How many subbands have sound in this granule, and had in the one before, whose overlap still sounds.
    private var bandCount = 0
    private var oldBandCount = 0
    private let cosines = HybridSynthesis.cosines()
    private let window = SynthesisWindow.coefficients
    private let transforms = SideInformation.BlockType.allCases.map(HybridSynthesis.transform)

    init() {
        let block = Granule.lines
        let count = 4 * block + 64 * (Self.slots + Self.oldSlots)
        memory = .allocate(capacity: count)
        memory.initialize(repeating: 0, count: count)
        (spectrum, lines, timeSlots, overlap) = (memory, memory + block, memory + 2 * block, memory + 3 * block)
        history = memory + 4 * block
    }

    deinit { memory.deallocate() }

    /// Begins a granule.
    func begin() {
        timeSlots.update(from: overlap, count: Granule.lines)
        overlap.update(repeating: 0, count: Granule.lines)
        (oldBandCount, bandCount) = (bandCount, 0)
    }

    /// Adds the lowest subbands of ``spectrum``, a multiple of 8, to the granule, and clears it.
    func addSpectrum(_ type: SideInformation.BlockType, bandCount count: Int) {
        if type != .short { reduceAliases(count) }
        for band in 0..<count {
            for line in 0..<Self.slots { lines[line &* Self.bands &+ band] = spectrum[band &* Self.slots &+ line] }
        }
        tk_mpeg_imdct(lines, count, transforms[type.rawValue], timeSlots, overlap)
        bandCount = max(bandCount, count)
        spectrum.update(repeating: 0, count: Granule.lines)
    }

    /// Ends the granule: 576 samples.
    func finish(into samples: UnsafeMutablePointer<Float>) {
        tk_mpeg_synthesize(timeSlots, max(bandCount, oldBandCount), cosines, window, history, samples)
    }

    private func reduceAliases(_ bandCount: Int) {
        for band in 1..<bandCount {
            let border = spectrum + band * Self.slots
            for index in 0..<8 {
                let (below, above) = (border[-1 - index], border[index])
                let (same, other) = Self.butterflies[index]
                border[-1 - index] = below * same - above * other
                border[index] = above * same + below * other
            }
        }
    }

    /// How much of a line, and of its mirror image beyond the border, is left: ISO/IEC 11172-3, table 3-B.9.
    private static let butterflies: [(Float, Float)] = {
        let coefficients: [Double] = [-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037]
        return coefficients.map { c in
            let norm = sqrt(1 + c * c)
            return (Float(1 / norm), Float(c / norm))
        }
    }()

    /// The inverse MDCT and the window of a block type as a matrix: 36 rows of 18 coefficients.
    private static func transform(_ type: SideInformation.BlockType) -> [Float] {
        var matrix = [Float](repeating: 0, count: 36 * 18)
        if type == .short {
            for window in 0..<3 {
                for (row, line) in product(12, 6) {
                    let value = sin(.pi / 12 * (Double(row) + 0.5)) * cosine(row, line, length: 12)
                    matrix[(6 + 6 * window + row) * 18 + 3 * line + window] = Float(value)
                }
            }
        } else {
            for (row, line) in product(36, 18) {
                matrix[row * 18 + line] = Float(weight(type, row) * cosine(row, line, length: 36))
            }
        }
        return matrix
    }

    private static func product(_ rows: Int, _ lines: Int) -> [(Int, Int)] {
        (0..<rows).flatMap { row in (0..<lines).map { (row, $0) } }
    }

    private static func cosine(_ row: Int, _ line: Int, length: Int) -> Double {
        cos(.pi / Double(2 * length) * Double((2 * row + 1 + length / 2) * (2 * line + 1)))
    }

    /// The window of a long block.
    private static func weight(_ type: SideInformation.BlockType, _ index: Int) -> Double {
        switch (type, index) {
        case (.stop, 0..<18), (.start, 18..<36):
            let distance = type == .stop ? index : 35 - index
            return distance < 6 ? 0 : distance < 12 ? sin(.pi / 12 * (Double(distance - 6) + 0.5)) : 1
        default: return sin(.pi / 36 * (Double(index) + 0.5))
        }
    }

    /// The matrix of the filterbank, 64 coefficients per subband, for even time slots, then for odd ones, in which every
    /// other subband is inverted.
    private static func cosines() -> [Float] {
        // The angles are multiples of a 128th of a circle.
        let circle = (0..<128).map { cos(.pi / 64 * Double($0)) }
        return (0..<2).flatMap { slot in
            (0..<bands).flatMap { band in
                (0..<64).map { index in
                    let value = Float(circle[(16 + index) * (2 * band + 1) % 128])
                    return slot == 1 && band % 2 == 1 ? -value : value
                }
            }
        }
    }
}
