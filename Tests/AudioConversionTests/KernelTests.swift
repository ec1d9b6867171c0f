import CTelephonyKernels
import TelephonyAudio
import TestSupport
import Testing

@testable import AudioConversion

/// The inner loops of conversions, on each path that processors take.
@Suite(.waiting) struct KernelTests {
    @Test("the mean of two channels is exact", arguments: KernelPath.allCases)
    func mean(path: KernelPath) {
        var random = SplitMix64(seed: 1)
        let samples =
            [.min, .min, .max, .max, .min, .max]
            + (0..<2100).map { _ in Int16.random(in: .min ... .max, using: &random) }
        for count in [1, 3, 7, 8, 9, 1003] {
            for start in [0, 1, 3] {
                var means = [Float](repeating: 9, count: count + 1)
                path.run {
                    samples[start...].withUnsafeBufferPointer { tk_mean_of_two($0.baseAddress!, count, &means) }
                }
                let expected = (0..<count).map {
                    (Float(samples[start + 2 * $0]) + Float(samples[start + 2 * $0 + 1])) / 65_536
                }
                #expect(means == expected + [9])
            }
        }
    }

    @Test(
        "the resampler does what it owes, and the same however its input is cut", arguments: KernelPath.allCases,
        [11_025, 44_100, 48_000])
    func resampler(path: KernelPath, rate: Int) throws {
        let figures = try path.run {
            try ResamplerContractTests.measure(rate) { try ResamplerChoice.polyphase.make(sampleRate: rate, file: "")! }
        }
        ResamplerContractTests().check(figures)
        var random = SplitMix64(seed: 7)
        let input = (0..<3000).map { _ in Float.random(in: -1...1, using: &random) }
        try path.run {
            let whole = try Tone.resample(input, ResamplerChoice.polyphase.make(sampleRate: rate, file: "")!)
            let resampler = try ResamplerChoice.polyphase.make(sampleRate: rate, file: "")!
            var pieces: [Float] = []
            for start in stride(from: 0, to: input.count, by: 7) {
                try input[start..<min(start + 7, input.count)].withUnsafeBufferPointer {
                    try resampler.process($0, into: &pieces)
                }
            }
            try resampler.finish(into: &pieces)
            #expect(pieces == whole)
        }
    }
}
