import TelephonyAudio
import TestSupport
import Testing

@testable import AudioConversion

/// The quality that a resampler owes, rate by rate, measured on floats before rounding to 16 bits (which would hide all
/// that is under half a step).
@Suite(.waiting) struct ResamplerContractTests {
    /// The rates of files in use, awkward ones, and the ends of the range.
    static let rates = [
        1, 32, 1000, 4000, 5512, 6000, 7350, 7999, 8001, 8192, 11_025, 11_127, 12_000, 16_000, 16_401, 17_000, 18_900,
        22_050, 22_255, 24_000, 24_612, 32_000, 37_800, 44_056, 44_100, 44_101, 47_250, 48_000, 64_000, 88_200, 96_000,
        176_400, 192_000, 352_800, 384_000, 767_999, 768_000,
    ]
    static let libraryRates = [32, 1000, 6000, 7999, 8001, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000]

    /// What is measured at a rate.
    struct Figures {
        var ripple = 0.0
        var edge = 0.0
        var highestAlias = -Double.infinity
        var delay = 0.0
    }

    static func measure(_ rate: Int, reach: Double = 60, _ make: () throws -> any Resampler) throws -> Figures {
        var figures = Figures()
        let inputRate = Double(rate)
        // Below 8 kHz the limits shrink with the rate.
        let scale = min(1, inputRate / 8000)
        // 80 ms of sound, or 160 input samples, between the ends, into which the filter reaches.
        let margin = scale < 1 ? reach * 8000 / inputRate : 160
        let count = Int(2 * margin * inputRate / 8000 + max(0.08 * inputRate, 160))
        func fit(_ frequency: Double, at outputFrequency: Double) throws -> Tone.Fit {
            let output = try Tone.resample(Tone.samples(frequency, rate: inputRate, count: count), make())
            // At the lowest rates a part of the output is as good as the whole, and takes less time.
            let middle = Int(margin)..<min(output.count - Int(margin), Int(margin) + 40_000)
            return Tone.fit(output[middle], outputFrequency)
        }
        for frequency in [0, 100, 500, 1000, 1700, 2400, 3000, 3300, 3400].map({ $0 * scale }) {
            let fit = try fit(frequency, at: frequency)
            figures.ripple = max(figures.ripple, abs(Tone.decibels(fit.amplitude)))
            if frequency > 0 { figures.delay = max(figures.delay, abs(fit.delay)) }
            // What is neither tone nor rounding of floats is an image.
            figures.highestAlias = max(figures.highestAlias, Tone.decibels(fit.residue))
        }
        figures.edge = Tone.decibels(try fit(3700 * scale, at: 3700 * scale).amplitude)
        var random = SplitMix64(seed: UInt64(rate))
        let highest = inputRate / 2
        var stopped = [4100, 4150, 4300, 4600, 5000, 7000, 11_025, highest * 0.98].map { min($0, highest * 0.98) }
        stopped += (0..<6).map { _ in .random(in: 4100...max(4100.1, highest), using: &random) }
        for frequency in stopped where frequency >= 4100 && frequency < highest {
            // The residue beside nothing, 0 Hz, is all there is.
            let fit = try fit(frequency, at: 0)
            figures.highestAlias = max(figures.highestAlias, Tone.decibels(max(fit.residue, fit.amplitude)))
        }
        return figures
    }

    func check(_ figures: Figures) {
        #expect(figures.ripple < 0.01)
        #expect(figures.edge > -3)
        #expect(figures.highestAlias < -110)
        #expect(figures.delay < 0.01)
    }

    @Test("polyphase keeps the contract", arguments: rates)
    func polyphase(rate: Int) throws {
        check(try Self.measure(rate) { PolyphaseResampler(sampleRate: rate) })
    }

    @Test("libsamplerate:best keeps the contract", arguments: libraryRates)
    func libsamplerate(rate: Int) throws {
        check(try Self.measure(rate, reach: 200) { try SampleRateResampler(sampleRate: rate, quality: .best) })
    }

    @Test("libsamplerate:medium and :fastest are aligned", arguments: [ResamplerChoice.Quality.medium, .fastest])
    func alignment(quality: ResamplerChoice.Quality) throws {
        for rate in Self.libraryRates {
            let frequency = Double(min(rate, 8000)) / 8
            let output = try Tone.resample(
                Tone.samples(frequency, rate: Double(rate), count: max(400, rate / 4)),
                try SampleRateResampler(sampleRate: rate, quality: quality))
            let middle = output.count / 4..<min(output.count * 3 / 4, output.count / 4 + 40_000)
            #expect(abs(Tone.fit(output[middle], frequency).delay) < 0.01, "\(rate) Hz")
        }
    }
}

/// What all converters owe at all rates.
@Suite(.waiting) struct ResamplerFormTests {
    static let choices: [ResamplerChoice] = [
        .polyphase, .libsamplerate(.best), .libsamplerate(.medium), .libsamplerate(.fastest),
    ]

    @Test("n samples become round(n * 8000 / rate)", arguments: choices)
    func length(choice: ResamplerChoice) throws {
        for rate in [32, 999, 6000, 7999, 11_025, 44_100, 44_101, 48_000, 192_000] {
            for count in [1, 2, 3, 5, 100, 441, 1000, 4097] where count * 8000 / rate < 400_000 {
                let output = try Tone.resample(
                    .init(repeating: 0.25, count: count), choice.make(sampleRate: rate, file: "")!)
                #expect(
                    output.count == Int((Double(count) * 8000 / Double(rate)).rounded()),
                    "\(count) samples at \(rate) Hz")
            }
        }
    }

    @Test("the cut of the input does not change a bit of the output", arguments: choices)
    func chunking(choice: ResamplerChoice) throws {
        var random = SplitMix64(seed: 7)
        for rate in [500, 7350, 11_025, 44_100, 44_101, 48_000, 96_000] {
            let input = (0..<3000).map { _ in Float.random(in: -1...1, using: &random) }
            let whole = try Tone.resample(input, choice.make(sampleRate: rate, file: "")!)
            let resampler = try choice.make(sampleRate: rate, file: "")!
            var pieces: [Float] = []
            var rest = input[...]
            while !rest.isEmpty {
                let piece = Array(rest.prefix(.random(in: 1...700, using: &random)))
                rest = rest.dropFirst(piece.count)
                try piece.withUnsafeBufferPointer { try resampler.process($0, into: &pieces) }
            }
            try resampler.finish(into: &pieces)
            #expect(pieces == whole, "\(rate) Hz")
        }
    }

    @Test("a constant stays itself and silence stays silence", arguments: choices)
    func constant(choice: ResamplerChoice) throws {
        for rate in [500, 7999, 11_025, 44_100, 48_000, 192_000] {
            let output = try Tone.resample(
                .init(repeating: 0.5, count: max(400, rate / 2)), choice.make(sampleRate: rate, file: "")!)
            let middle = output[(output.count / 3)..<(output.count * 2 / 3)].prefix(20_000)
            #expect(middle.allSatisfy { abs($0 - 0.5) < 2e-5 }, "\(rate) Hz")
            let silence = try Tone.resample(.init(repeating: 0, count: 1000), choice.make(sampleRate: rate, file: "")!)
            #expect(silence.allSatisfy { $0 == 0 })
        }
    }

    @Test("lengths are exact where floating point is not")
    func exactLength() {
        #expect(resampledCount(441, from: 44_100) == 80)
        #expect(resampledCount(1, from: 16_000) == 1)  // 0.5 rounds up
        #expect(resampledCount(3, from: 48_000) == 1)
        #expect(resampledCount(2, from: 48_000) == 0)
        #expect(resampledCount(1 << 50, from: 44_100) == 204_244_881_059_886)
        #expect(resampledCount(1 << 40, from: 1) == 1 << 40 * 8000)
    }

    @Test("libsamplerate's limit is an error that says so")
    func ratioLimit() {
        #expect {
            _ = try ResamplerChoice.libsamplerate(.best).make(sampleRate: 31, file: "slow.wav")
        } throws: { error in
            "\(error)".contains(
                "slow.wav: libsamplerate can't convert 31 Hz to 8000 Hz: the ratio must lie in 1/256...256")
        }
    }
}
