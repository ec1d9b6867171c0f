import TalkDetection
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Levels under line conditions.
@Suite struct LevelRecorderTests {
    private let digest = ContentDigest(of: [UInt8]().span.bytes)

    private func levels(_ samples: [Int16], _ conditions: [LineCondition], cut: Int = .max, seed: UInt64 = 1)
        -> RecordingLevels
    {
        var recorder = LevelRecorder(digest: digest, conditions: conditions, seed: seed)
        for start in stride(from: 0, to: samples.count, by: min(cut, max(1, samples.count))) {
            recorder.add(samples[start..<min(samples.count, start + min(cut, samples.count))].span)
        }
        return recorder.finish(name: "a")
    }

    @Test("levels do not depend on how the samples are cut")
    func cuts() {
        var random = SplitMix64(seed: 9)
        let samples = Signal.random(using: &random)
        let whole = levels(samples, LineCondition.standard)
        for cut in [1, 7, 159, 160, 161, 2047, 5000] {
            #expect(levels(samples, LineCondition.standard, cut: cut) == whole)
        }
    }

    @Test("gains are those of their decibels, and clip")
    func gains() {
        let samples = Signal.runs([(true, 100)], amplitude: 10_000)
        let conditions = [-6, 0, 6, 20].map { LineCondition(gain: $0, noise: nil)! }
        let levels = levels(samples, conditions)
        // 10,000 times 10^(-6/20), 1, 10^(6/20); and full scale, of which the negative half is 32768.
        let expected = [5012, 10_000, 19_953, 32_767]
        for (condition, level) in expected.enumerated() {
            #expect(levels.levels(condition: condition).allSatisfy { abs(Int($0) - level) <= 1 }, "\(condition)")
        }
    }

    @Test("noise has the level that is stated", arguments: [-60, -50, -30])
    func noise(dBov: Int) {
        let samples = [Int16](repeating: 0, count: 80_000)
        let levels = levels(samples, [.unchanged, LineCondition(gain: 6, noise: dBov)!])
        let mean = levels.levels(condition: 1).reduce(0.0) { $0 + Double($1) + 0.5 } / Double(levels.frameCount)
        // The mean magnitude of Gaussian noise is sqrt(2 / pi) of its root mean square.
        let expected = 0.797_885 * 32_768 * Self.amplitude(dBov)
        #expect(abs(mean / expected - 1) < 0.02, "\(mean) instead of \(expected)")
        #expect(levels.levels(condition: 0).allSatisfy { $0 == 0 })
    }

    private static func amplitude(_ dBov: Int) -> Double {
        // 10^(-1/20), times itself as often as there are decibels.
        (0..<(-dBov)).reduce(1) { value, _ in value * 0.891_250_938_133_745_5 }
    }

    @Test("noise is the same for the same seed and content, and another for another")
    func seeds() {
        let samples = [Int16](repeating: 0, count: 8000)
        let noisy = [LineCondition(gain: 0, noise: -40)!]
        #expect(levels(samples, noisy) == levels(samples, noisy))
        #expect(levels(samples, noisy, seed: 2).levels != levels(samples, noisy).levels)
    }

    @Test("the levels of the unchanged condition are those of the meter, and extremes are the extremes")
    func unchanged() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<20 {
            let samples = Signal.random(using: &random)
            let levels = levels(samples, [.unchanged])
            var meter = FrameLevelMeter()
            var expected: [UInt16] = []
            meter.add(samples.span) { for index in $0.indices { expected.append($0[index]) } }
            if let (level, _) = meter.finish() { expected.append(level) }
            #expect(Array(levels.levels(condition: 0)) == expected)
            let frames = stride(from: 0, to: samples.count, by: 160).map { samples[$0..<min($0 + 160, samples.count)] }
            #expect(levels.extremes == frames.flatMap { [$0.min()!, $0.max()!] })
        }
    }

    @Test("only the first minute is kept")
    func minute() {
        let levels = levels([Int16](repeating: 100, count: 61 * 8000), [.unchanged])
        #expect(levels.frameCount == 3000 && levels.levels.count == 3000 && levels.extremes.count == 6000)
        #expect(levels.sampleCount == 61 * 8000)
    }
}
