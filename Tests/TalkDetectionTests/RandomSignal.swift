import TelephonyAudio

/// A signal of runs about a threshold, and the frames it is to be cut into.
struct RandomSignal {
    let samples: [Int16]
    let frameLength: Int
    let threshold: Int

    /// The runs are as long as whole frames, with a few samples more or less now and then, so that levels within a frame
    /// mix and the last frame is short.
    init(frameLengths: [Int], frames: ClosedRange<Int>, using random: inout SplitMix64) {
        frameLength = frameLengths.randomElement(using: &random)!
        threshold = [0, 1, 2, 255, 256, 512, 513, 10_000, 32_767, 32_768, 512, 256, 512, 256].randomElement(
            using: &random
        )!
        let length = frameLength * Int.random(in: frames, using: &random) + Self.jitter(frameLength, using: &random)
        var samples: [Int16] = []
        samples.reserveCapacity(length)
        while samples.count < length {
            let run = max(1, Self.runLength(using: &random) * frameLength + Self.jitter(frameLength, using: &random))
            samples += Self.run(min(run, length - samples.count), frameLength, threshold, using: &random)
        }
        self.samples = samples
    }

    /// In frames.
    private static func runLength(using random: inout SplitMix64) -> Int {
        Bool.random(using: &random) ? Int.random(in: 1...3, using: &random) : Int.random(in: 1...25, using: &random)
    }

    private static func jitter(_ frameLength: Int, using random: inout SplitMix64) -> Int {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: Int.random(in: 0..<frameLength, using: &random)
        case 1: 1
        case 2: -1
        default: 0
        }
    }

    private static func run(_ count: Int, _ frame: Int, _ threshold: Int, using random: inout SplitMix64) -> [Int16] {
        func constant(_ magnitude: Int) -> [Int16] {
            let isNegative = magnitude > 32767 || Bool.random(using: &random)
            return [Int16](repeating: Int16(clamping: isNegative ? -magnitude : magnitude), count: count)
        }
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return constant(threshold)
        case 1: return constant(max(0, threshold - 1))
        case 2: return constant(min(32768, threshold + 1))
        case 3: return constant(32768)
        case 4: return constant(512)
        case 5:
            // One less than the threshold's sum in each frame: the quotient is rounded down.
            var samples = constant(threshold)
            for index in stride(from: 0, to: count, by: frame) where samples[index] != 0 {
                samples[index] -= samples[index].signum()
            }
            return samples
        case 6: return constant(Int.random(in: 0...32768, using: &random))
        default: return constant(0)
        }
    }
}

/// A value at, next to or between those that matter.
func edge(of values: [Int], in range: ClosedRange<Int>, using random: inout SplitMix64) -> Int {
    let value =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: [1, 4, 5, 6, 10, 19, 20, 21, 40, range.upperBound, range.lowerBound].randomElement(using: &random)!
        case 1: Int.random(in: range.lowerBound...min(range.upperBound, 1000), using: &random)
        default: (values.randomElement(using: &random) ?? 20) + Int.random(in: -1...1, using: &random)
        }
    return min(max(value, range.lowerBound), range.upperBound)
}
