import TalkDetection
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// Tuning with the adaptive classifier, and its comparison with thresholds.
@Suite struct AdaptiveTuningTests {
    @Test("the adaptive levels are what detection by the adaptive classifier hears in each frame")
    func levels() {
        var random = SplitMix64(seed: 3)
        for _ in 0..<6 {
            let samples = Signal.random(using: &random)
            var recorder = LevelRecorder(
                digest: ContentDigest(of: samples.span.bytes), conditions: [.unchanged], isAdaptive: true)
            for start in stride(from: 0, to: samples.count, by: 1000) {
                recorder.add(samples.span.extracting(start..<min(samples.count, start + 1000)))
            }
            let levels = recorder.finish(name: "a")
            #expect(levels.levels.allSatisfy { $0 == 0 || $0 == 32_768 } && levels.levels.count == levels.frameCount)
            // A rule that has each frame as a talkspurt of its own or as silence tells the same.
            var detector = Detector(FrameNote(), classifier: .adaptive, frameLength: 160)
            detector.add(samples.span)
            detector.finish()
            #expect(levels.levels.map { $0 == 0 } == detector.rule.silences)
        }
    }

    /// Notes which frames are silent.
    private struct FrameNote: DetectionRule {
        var silences: [Bool] = []
        var verdict: Verdict? { nil }

        mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
            silences.append(isSilent)
            return nil
        }

        mutating func finish() -> Talkspurt? { nil }
    }

    private func tuned(_ recordings: [LabelledRecording], _ classifier: TuningOptions.Classifier) throws -> TuningResult
    {
        try Tuner(
            recordings, conditions: [.unchanged], options: TuningOptions(prices: Prices(), classifier: classifier)
        ).run(jobs: 2)
    }

    /// Recordings as one way of hearing hears them: 600 ms and more of talk, or nothing; `deaf` of them are heard wrongly.
    private func recordings(deaf: Int) -> [LabelledRecording] {
        (0..<60).map { index in
            let isTalk = index.isMultiple(of: 2)
            let isHeard = isTalk && index >= 2 * deaf
            let samples = Signal.runs(
                [(false, 300 + 20 * index), (isHeard, 600 + 20 * (index / 4)), (false, 1500)], amplitude: 30_000)
            // The same content whatever is heard.
            let digest = ContentDigest(of: [UInt8(index)].span.bytes)
            var recorder = LevelRecorder(digest: digest, conditions: [.unchanged])
            recorder.add(samples.span)
            return LabelledRecording(recorder.finish(name: "\(index)"), isTalk: isTalk)
        }
    }

    @Test(
        "two ways are compared on the same held-out recordings, and where the difference may be none it does not matter"
    )
    func comparison() throws {
        let threshold = TuningOptions.Classifier.thresholds([MeanMagnitude(rawValue: 512)!])
        let good = try tuned(recordings(deaf: 0), threshold)
        let same = try tuned(recordings(deaf: 0), .adaptive)
        let bad = try tuned(recordings(deaf: 20), .adaptive)
        #expect(same.options.classifier.name == "adaptive" && good.options.classifier.name == "threshold 512")
        // The threshold that the adaptive classifier's levels are compared with is one as others are, too.
        let middle = try tuned(recordings(deaf: 0), .thresholds(same.options.thresholds))
        #expect(middle.options.classifier != .adaptive)
        let equal = try #require(TuningComparison(same, good))
        #expect(equal.outcome == .undecided && abs(equal.difference) < 1e-9)
        let worse = try #require(TuningComparison(bad, good))
        #expect(worse.outcome == .second && worse.difference > 0.2 && worse.interval.low > 0.1, "\(worse)")
        #expect(try #require(TuningComparison(good, bad)).outcome == .first)
        let others = try tuned(Array(recordings(deaf: 0).prefix(40)), threshold)
        #expect(TuningComparison(others, good) == nil)
    }
}
