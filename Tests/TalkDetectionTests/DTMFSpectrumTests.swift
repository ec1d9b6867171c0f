import Glibc
import TelephonyAudio
import TestSupport
import Testing

@testable import TalkDetection

/// What a window holds of the eight frequencies.
@Suite struct DTMFSpectrumTests {
    /// The sum of a window's products with something, weighted by the window.
    private func sum(_ window: ArraySlice<Int16>, _ factor: (_ sample: Double, _ offset: Double) -> Double) -> Double {
        window.enumerated().reduce(0) { sum, each in
            let offset = Double(each.offset) + 0.5 - Double(window.count) / 2
            let weight = (1 + cos(2 * .pi * offset / Double(window.count))) / Double(window.count)
            return sum + weight * Double(each.element) * factor(Double(each.element), offset)
        }
    }

    @Test("a window is correlated as it is defined, and the one before it, too", arguments: KernelPath.allCases)
    func definition(path: KernelPath) {
        var random = SplitMix64(seed: 3)
        var samples = (0..<1000).map { _ in Int16.random(in: .min ... .max, using: &random) }
        samples.replaceSubrange(400..<402, with: [.min, .max])
        var window = DTMFWindow()
        for end in stride(from: 40, through: samples.count, by: 40) {
            window.append(samples[(end - 40)..<end].span)
            guard end >= 240 else { continue }
            for hopsAgo in 0...1 {
                let spectrum = path.run { window.spectrum(hopsAgo: hopsAgo) }
                let last = end - 40 * hopsAgo
                let heard = samples[(last - 200)..<last]
                for (lane, frequency) in (DTMFKey.rows + DTMFKey.columns).enumerated() {
                    let turn = 2 * Double.pi * frequency / 8000
                    #expect(abs(Double(spectrum.real[lane]) - sum(heard) { cos(turn * $1) }) < 0.05)
                    #expect(abs(Double(spectrum.imaginary[lane]) + sum(heard) { sin(turn * $1) }) < 0.05)
                }
                let power = sum(heard) { sample, _ in sample }
                #expect(abs(Double(spectrum.power) / power - 1) < 1e-5)
            }
        }
    }
}
