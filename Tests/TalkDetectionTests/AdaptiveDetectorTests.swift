import Testing

@testable import TalkDetection

/// The rules with the adaptive classifier in place of a threshold.
@Suite("Detectors with the adaptive classifier")
struct AdaptiveDetectorTests {
    private func flags(frameLength: Int, samples: [Int16], chunk: Int = .max) -> ([Bool], Int) {
        var frames = FrameClassifier(.adaptive, frameLength: frameLength)
        var flags: [Bool] = []
        for start in stride(from: 0, to: samples.count, by: min(chunk, samples.count)) {
            let part = samples[start..<min(samples.count, start + min(chunk, samples.count))]
            frames.add(part.span) { for index in $0.indices { flags.append($0[index]) } }
        }
        let rest = frames.finish { for index in $0.indices { flags.append($0[index]) } }
        let sampleCount = flags.count * frameLength + (rest?.sampleCount ?? 0)
        return (flags + (rest.map { [$0.isSilent] } ?? []), sampleCount)
    }

    @Test(
        "every sample is in a frame, and a frame is talk if half of it is",
        arguments: [1, 7, 40, 80, 160, 200, 8000])
    func frames(frameLength: Int) {
        let samples = Array(AdaptiveSignal.samples.dropLast(33))
        let (frames, sampleCount) = flags(frameLength: frameLength, samples: samples)
        #expect(sampleCount == samples.count)
        let (singles, _) = flags(frameLength: 1, samples: samples)
        let expected = stride(from: 0, to: samples.count, by: frameLength).map { start in
            let part = singles[start..<min(samples.count, start + frameLength)]
            return 2 * part.count { !$0 } < part.count
        }
        #expect(frames == expected)
        #expect(flags(frameLength: frameLength, samples: samples, chunk: 97) == (frames, sampleCount))
    }

    @Test("a verdict falls at the audio's time, not later by what the classifier hears ahead")
    func verdict() throws {
        var detector = SilenceDetector(
            SilenceRule(try SilenceParameters(silence: .milliseconds(100)), rules: .documented),
            classifier: .adaptive, frameLength: 40)
        let silence = [Int16](repeating: 0, count: 8000)
        detector.add(silence.span)
        #expect(detector.verdict?.result == .silence)
        #expect(detector.verdict?.instant == .milliseconds(100))
    }

    @Test("a stream that ends in a verdict's silence still has it")
    func tail() throws {
        var detector = SilenceDetector(
            SilenceRule(try SilenceParameters(silence: .milliseconds(100)), rules: .asterisk),
            classifier: .adaptive, frameLength: 160)
        detector.add([Int16](repeating: 0, count: 800).span)
        #expect(detector.verdict == nil)
        detector.finish()
        #expect(detector.verdict?.result == .silence)
        #expect(detector.verdict?.instant == .milliseconds(100))
    }
}
