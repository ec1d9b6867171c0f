import TalkDetection
import TelephonyAudio

/// Takes the samples of a recording, and keeps its levels under every line condition.
///
/// ```swift
/// var recorder = LevelRecorder(digest: digest)
/// for chunk in chunks { recorder.add(chunk.span) }
/// let levels = recorder.finish(name: "caller.wav")
/// ```
///
/// The noise depends on the seed and on the recording's content, and on nothing else.
public struct LevelRecorder: Sendable {
    /// The line conditions.
    public let conditions: [LineCondition]
    private let digest: ContentDigest
    private var lines: [Line]
    private var random: SplitMix64
    private var sampleCount = 0
    private var extremes: [Int16] = []

    /// One condition at work.
    fileprivate struct Line {
        let factor: Int32
        let noiseAmplitude: Int64
        var meter = FrameLevelMeter(frameLength: RecordingLevels.frameLength)
        /// In place of the meter, where talk is told by it.
        var classifier: AdaptiveClassifier?
        /// For each 10 ms whether there is talk.
        var parts: [Bool] = []
        var levels: [UInt16] = []

        mutating func take(_ samples: Span<Int16>) {
            guard classifier == nil else { return classifier!.add(samples) { Self.note($0, &parts) } }
            meter.add(samples) { levels in
                for index in levels.indices { self.levels.append(levels[index]) }
            }
        }
    }

    /// A recorder at the beginning of a recording.
    ///
    /// - Parameters:
    ///   - digest: of the recording's content.
    ///   - conditions: one or more.
    ///   - seed: of the noise.
    ///   - isAdaptive: whether the adaptive classifier tells talk from silence: its frames have the levels 32768 and 0, which any
    ///     threshold between them tells apart.
    public init(
        digest: ContentDigest, conditions: [LineCondition] = LineCondition.standard, seed: UInt64 = 1,
        isAdaptive: Bool = false
    ) {
        precondition(!conditions.isEmpty, "there must be a line condition")
        self.conditions = conditions
        self.digest = digest
        lines = conditions.map { condition in
            Line(
                factor: condition.factor, noiseAmplitude: condition.noiseAmplitude,
                classifier: isAdaptive ? AdaptiveClassifier() : nil)
        }
        random = SplitMix64(seed: seed ^ digest.seed)
    }

    /// Takes the next samples; those after 60 s are but counted.
    ///
    /// - Parameter samples: at 8000 Hz, of any number.
    public mutating func add(_ samples: Span<Int16>) {
        let limit = RecordingLevels.maximumFrameCount * RecordingLevels.frameLength
        var rest = samples.extracting(first: min(samples.count, max(0, limit - sampleCount)))
        addExtremes(rest)
        sampleCount += samples.count
        while !rest.isEmpty {
            add(block: rest.extracting(first: min(Self.blockLength, rest.count)))
            rest = rest.extracting(droppingFirst: min(Self.blockLength, rest.count))
        }
    }

    /// Ends the recording.
    ///
    /// - Parameter name: what it is called.
    public mutating func finish(name: String) -> RecordingLevels {
        for index in lines.indices {
            if let (level, _) = lines[index].meter.finish() { lines[index].levels.append(level) }
            let limit = RecordingLevels.maximumFrameCount * RecordingLevels.frameLength
            lines[index].finishClassifier(sampleCount: min(sampleCount, limit))
        }
        return RecordingLevels(
            name: name, digest: digest, sampleCount: sampleCount,
            frameCount: RecordingLevels.frameCount(sampleCount: sampleCount), levels: lines.flatMap(\.levels),
            extremes: extremes)
    }

    private static let blockLength = 2048

    private mutating func add(block: Span<Int16>) {
        let count = block.count
        let noise: [Int32] =
            lines.contains { $0.noiseAmplitude > 0 } ? (0..<count).map { _ in random.nextNoise() } : []
        var changed = [Int16](repeating: 0, count: count)
        for index in lines.indices {
            let (factor, amplitude) = (lines[index].factor, lines[index].noiseAmplitude)
            guard factor != 32768 || amplitude > 0 else {
                lines[index].take(block)
                continue
            }
            block.withUnsafeBufferPointer { block in
                noise.withUnsafeBufferPointer { noise in
                    changed.withUnsafeMutableBufferPointer {
                        Self.change(block, factor: factor, noise: amplitude > 0 ? noise : nil, amplitude, into: $0)
                    }
                }
            }
            lines[index].take(changed.span)
        }
    }

    /// Gain and noise, each rounded to the nearest, and clipped.
    private static func change(
        _ samples: UnsafeBufferPointer<Int16>, factor: Int32, noise: UnsafeBufferPointer<Int32>?, _ amplitude: Int64,
        into changed: UnsafeMutableBufferPointer<Int16>
    ) {
        for index in 0..<samples.count {
            var value = (Int64(samples[index]) * Int64(factor) + 16_384) >> 15
            value = max(-32_768, min(32_767, value))
            if let noise { value += (Int64(noise[index]) * amplitude + 8_388_608) >> 24 }
            changed[index] = Int16(truncatingIfNeeded: max(-32_768, min(32_767, value)))
        }
    }

    private mutating func addExtremes(_ samples: Span<Int16>) {
        var position = sampleCount
        var rest = samples
        while !rest.isEmpty {
            let inFrame = position % RecordingLevels.frameLength
            let part = rest.extracting(first: min(rest.count, RecordingLevels.frameLength - inFrame))
            var (low, high) = (part[0], part[0])
            part.withUnsafeBufferPointer { for value in $0 { (low, high) = (min(low, value), max(high, value)) } }
            if inFrame == 0 {
                extremes += [low, high]
            } else {
                let last = extremes.count - 2
                (extremes[last], extremes[last + 1]) = (min(low, extremes[last]), max(high, extremes[last + 1]))
            }
            position += part.count
            rest = rest.extracting(droppingFirst: part.count)
        }
    }
}

extension LevelRecorder.Line {
    fileprivate static func note(_ probabilities: Span<Float>, _ parts: inout [Bool]) {
        for index in probabilities.indices { parts.append(probabilities[index] >= AdaptiveClassifier.threshold) }
    }

    /// Ends the classifier, if there is one, and makes levels of what it said: a frame is silent if there is talk in less than half of it.
    fileprivate mutating func finishClassifier(sampleCount: Int) {
        guard classifier != nil else { return }
        classifier!.finish { Self.note($0, &parts) }
        for start in stride(from: 0, to: sampleCount, by: RecordingLevels.frameLength) {
            let length = min(RecordingLevels.frameLength, sampleCount - start)
            var talk = 0
            for part in stride(from: start, to: start + length, by: AdaptiveClassifier.partLength)
            where parts[part / AdaptiveClassifier.partLength] {
                talk += min(AdaptiveClassifier.partLength, start + length - part)
            }
            levels.append(2 * talk < length ? 0 : 32_768)
        }
    }
}
