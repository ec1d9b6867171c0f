import TalkDetection
import TelephonyAudio

/// What is drawn of a sound: the levels of its frames, and the extremes of each 10 ms.
package struct SoundPicture: Sendable {
    /// How much of it is wanted.
    package enum Detail: Sendable {
        /// Nothing is kept.
        case nothing
        /// The levels of the frames.
        case levels
        /// The levels, and the extremes of the samples.
        case everything
    }

    private let detail: Detail
    private var meter: FrameLevelMeter
    /// Mean magnitudes, 0...32768.
    package private(set) var levels: [UInt16] = []
    /// The lowest and the highest sample of each 10 ms.
    package private(set) var extremes: [(low: Int16, high: Int16)] = []
    private var count = 0
    private var classifier: AdaptiveClassifier?
    /// How probable talk is in each 10 ms, 0...1, by the adaptive classifier; empty if that is not wanted.
    package private(set) var probabilities: [Float] = []

    /// Samples that share their extremes.
    private static let span = 80

    /// A picture of nothing yet.
    ///
    /// - Parameters:
    ///   - detail: how much is wanted.
    ///   - frameLength: samples that share a level, 1...8000.
    ///   - keepsProbabilities: whether the adaptive classifier is asked, too.
    package init(_ detail: Detail, frameLength: Int, keepsProbabilities: Bool = false) {
        self.detail = detail
        classifier = keepsProbabilities ? AdaptiveClassifier() : nil
        meter = FrameLevelMeter(frameLength: frameLength)
    }

    /// Takes the next samples.
    package mutating func add(_ samples: Span<Int16>) {
        if detail == .nothing { return }
        meter.add(samples) { levels in
            for index in levels.indices { self.levels.append(levels[index]) }
        }
        if detail == .everything { addExtremes(samples) }
        classifier?.add(samples) { probabilities in
            for index in probabilities.indices { self.probabilities.append(probabilities[index]) }
        }
    }

    private mutating func addExtremes(_ samples: Span<Int16>) {
        var rest = samples
        while !rest.isEmpty {
            let part = rest.extracting(first: Self.span - count % Self.span)
            var (low, high) = count.isMultiple(of: Self.span) ? (Int16.max, Int16.min) : extremes.removeLast()
            for index in part.indices { (low, high) = (min(low, part[index]), max(high, part[index])) }
            extremes.append((low, high))
            count += part.count
            rest = rest.extracting(droppingFirst: part.count)
        }
    }

    /// Takes the end of the sound.
    package mutating func finish() {
        if let (level, _) = meter.finish() { levels.append(level) }
        classifier?.finish { probabilities in
            for index in probabilities.indices { self.probabilities.append(probabilities[index]) }
        }
    }

    /// How probable talk is at the most in each of so many equal parts of the time.
    package func probabilities(parts: Int) -> [Float] {
        guard !probabilities.isEmpty else { return [] }
        return (0..<parts).map { part in
            let first = part * probabilities.count / parts
            let last = max(first + 1, (part + 1) * probabilities.count / parts)
            return probabilities[first..<last].max()!
        }
    }

    /// The highest level in each of so many equal parts of the time, in dBov.
    ///
    /// - Parameter share: how much of the time, from the beginning, 0...1.
    package func loudest(parts: Int, of share: Double = 1) -> [Double] {
        guard !levels.isEmpty else { return [] }
        let count = max(1, Int((Double(levels.count) * share).rounded(.up)))
        return (0..<parts).map { part in
            let first = part * count / parts
            let last = max(first + 1, (part + 1) * count / parts)
            return MeanMagnitude(rawValue: Int(levels[first..<last].max()!))!.level.dBov
        }
    }

    /// The extremes of each of so many equal parts of the time.
    package func extremes(parts: Int) -> [(low: Int16, high: Int16)] {
        (0..<parts).map { part in
            let first = part * extremes.count / parts
            let last = max(first + 1, (part + 1) * extremes.count / parts)
            return extremes[first..<last].reduce((.max, .min)) { (min($0.0, $1.low), max($0.1, $1.high)) }
        }
    }
}
