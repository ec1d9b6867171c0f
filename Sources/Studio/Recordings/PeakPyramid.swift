/// The lowest and the highest sample of blocks, at several resolutions: any part of an hour is drawn from a few thousand of them.
struct PeakPyramid: Sendable {
    /// For each resolution the lowest and the highest of each block, one after the other.
    private let layers: [[Int16]]

    /// Samples in a block of the finest resolution, and how many blocks of one make one of the next.
    private static let finest = 64
    private static let factor = 4

    init(_ samples: [Int16]) {
        var layers = [Self.blocks(samples)]
        while layers.last!.count > 2 * 256 { layers.append(Self.coarser(layers.last!)) }
        self.layers = layers
    }

    /// The extremes of samples in a range; nil if it is empty.
    ///
    /// - Parameter exactness: by how many samples either end may be off: coarse blocks do where columns are wide.
    func extremes(_ range: Range<Int>, of samples: [Int16], exactness: Int) -> (low: Int16, high: Int16)? {
        guard !range.isEmpty else { return nil }
        var layer = -1
        var size = Self.finest
        while layer + 1 < layers.count, size <= exactness {
            layer += 1
            size *= Self.factor
        }
        guard layer >= 0 else {
            return samples[range].reduce((low: Int16.max, high: Int16.min)) { (min($0.low, $1), max($0.high, $1)) }
        }
        size /= Self.factor
        let blocks = layers[layer]
        let last = min(blocks.count / 2 - 1, (range.upperBound - 1) / size)
        var (low, high) = (Int16.max, Int16.min)
        for block in min(range.lowerBound / size, last)...last {
            (low, high) = (min(low, blocks[2 * block]), max(high, blocks[2 * block + 1]))
        }
        return (low, high)
    }

    private static func blocks(_ samples: [Int16]) -> [Int16] {
        var blocks: [Int16] = []
        blocks.reserveCapacity(samples.count / finest * 2 + 2)
        samples.withUnsafeBufferPointer { samples in
            for start in stride(from: 0, to: samples.count, by: finest) {
                var (low, high) = (Int16.max, Int16.min)
                for index in start..<min(start + finest, samples.count) {
                    (low, high) = (min(low, samples[index]), max(high, samples[index]))
                }
                blocks.append(low)
                blocks.append(high)
            }
        }
        return blocks
    }

    private static func coarser(_ blocks: [Int16]) -> [Int16] {
        stride(from: 0, to: blocks.count, by: 2 * factor).flatMap { start -> [Int16] in
            let part = blocks[start..<min(start + 2 * factor, blocks.count)]
            var (low, high) = (Int16.max, Int16.min)
            for index in stride(from: part.startIndex, to: part.endIndex, by: 2) {
                (low, high) = (min(low, part[index]), max(high, part[index + 1]))
            }
            return [low, high]
        }
    }
}

/// The level of the loudest frame of blocks, at several resolutions.
struct LevelPyramid: Sendable {
    /// Samples in a frame: 20 ms.
    static let frameLength = 160
    private let layers: [[UInt16]]
    private static let factor = 8

    init(_ levels: [UInt16]) {
        var layers = [levels]
        while layers.last!.count > 256 {
            let finer = layers.last!
            layers.append(
                stride(from: 0, to: finer.count, by: Self.factor).map { start in
                    finer[start..<min(start + Self.factor, finer.count)].max()!
                })
        }
        self.layers = layers
    }

    /// The loudest of the frames that samples lie in; 0 of none.
    func loudest(_ range: Range<Int>, exactness: Int) -> UInt16 {
        guard !range.isEmpty, !layers[0].isEmpty else { return 0 }
        var layer = 0
        var size = Self.frameLength
        while layer + 1 < layers.count, size * Self.factor <= exactness {
            layer += 1
            size *= Self.factor
        }
        let last = min(layers[layer].count - 1, (range.upperBound - 1) / size)
        return layers[layer][min(range.lowerBound / size, last)...last].max()!
    }
}
