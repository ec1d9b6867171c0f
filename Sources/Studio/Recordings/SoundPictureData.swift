import TalkDetection

/// What a page draws of a part of a sound: for each column the extremes of its samples, the level of its loudest frame, and how
/// probable talk is.
struct SoundPictureData {
    /// In samples, perhaps not whole.
    let start: Double
    let end: Double
    let columnCount: Int
    let withProbability: Bool

    /// The most columns.
    static let columnLimit = 8192

    /// Binary, little-endian: the number of columns, and of each lowest and highest sample, level and probability.
    func bytes(of sound: RecordingSound) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 8 * columnCount)
        func append(_ number: some FixedWidthInteger) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        append(UInt32(columnCount))
        let (peaks, levels) = (sound.peaks, sound.levels)
        let probabilities = withProbability ? sound.probabilities : []
        let width = (end - start) / Double(columnCount)
        let exactness = Int(width / 4)
        for column in 0..<columnCount {
            let first = Int((start + Double(column) * width).rounded(.down))
            let last = max(first + 1, Int((start + Double(column + 1) * width).rounded(.down)))
            let range = min(max(0, first), sound.samples.count)..<min(max(0, last), sound.samples.count)
            let (low, high) = peaks.extremes(range, of: sound.samples, exactness: exactness) ?? (0, 0)
            append(low)
            append(high)
            append(levels.loudest(range, exactness: exactness))
            append(Self.highest(probabilities, range))
        }
        return bytes
    }

    private static func highest(_ probabilities: [UInt16], _ range: Range<Int>) -> UInt16 {
        guard !range.isEmpty, !probabilities.isEmpty else { return 0 }
        let last = min(probabilities.count - 1, (range.upperBound - 1) / AdaptiveClassifier.partLength)
        return probabilities[min(range.lowerBound / AdaptiveClassifier.partLength, last)...last].max()!
    }
}
