import TalkDetection
import TelephonyAudio

/// What is drawn of a sound: the levels of its frames, and the extremes of each 10 ms.
struct SoundPicture: Sendable {
    let frameLength: Int
    private var meter: FrameLevelMeter
    /// Mean magnitudes, 0...32768.
    private(set) var levels: [UInt16] = []
    private(set) var extremes: [(low: Int16, high: Int16)] = []
    private var count = 0

    /// Samples that share their extremes.
    static let span = 80

    init(frameLength: Int) {
        self.frameLength = frameLength
        meter = FrameLevelMeter(frameLength: frameLength)
    }

    mutating func add(_ samples: Span<Int16>) {
        meter.add(samples) { levels in
            for index in levels.indices { self.levels.append(levels[index]) }
        }
        for index in samples.indices {
            let sample = samples[index]
            if count.isMultiple(of: Self.span) { extremes.append((sample, sample)) }
            count += 1
            let last = extremes[extremes.count - 1]
            extremes[extremes.count - 1] = (min(last.low, sample), max(last.high, sample))
        }
    }

    mutating func finish() {
        if let (level, _) = meter.finish() { levels.append(level) }
    }

    /// The highest level in each of so many equal parts of the time, in dBov.
    func loudest(parts: Int) -> [Double] {
        guard !levels.isEmpty else { return [] }
        return (0..<parts).map { part in
            let first = part * levels.count / parts
            let last = max(first + 1, (part + 1) * levels.count / parts)
            return MeanMagnitude(rawValue: Int(levels[first..<last].max()!))!.level.dBov
        }
    }

    /// The extremes of each of so many equal parts of the time.
    func extremes(parts: Int) -> [(low: Int16, high: Int16)] {
        (0..<parts).map { part in
            let first = part * extremes.count / parts
            let last = max(first + 1, (part + 1) * extremes.count / parts)
            return extremes[first..<last].reduce((.max, .min)) { (min($0.0, $1.low), max($0.1, $1.high)) }
        }
    }
}
