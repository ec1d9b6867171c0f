import CTelephonyKernels
import TestSupport
import Testing

/// The last step of a conversion, as each kind of processor runs it.
@Suite(.waiting) struct QuantizerTests {
    private func quantize(_ path: KernelPath, _ samples: [Float]) -> (samples: [Int16], changes: tk_quantized) {
        var rounded = [Int16](repeating: 1, count: samples.count)
        let changes = path.run { tk_quantize(samples, samples.count, &rounded) }
        return (rounded, changes)
    }

    @Test("samples are rounded to even, and clamped ones are counted", arguments: KernelPath.allCases)
    func rounding(path: KernelPath) {
        let values: [Float] = [0, 0.5, 1.5, 2.5, -0.5, -1.5, 32_767, 32_767.4, -32_768, -32_768.4, 32_768, -40_000]
        let (samples, changes) = quantize(path, values.map { $0 / 32_768 } + [.infinity, -.infinity])
        #expect(samples == [0, 0, 2, 2, 0, -2, 32_767, 32_767, -32_768, -32_768, 32_767, -32_768, 32_767, -32_768])
        #expect(changes.clamped == 4 && changes.not_numbers == 0)
    }

    @Test(
        "a sample that is not a number becomes 0 and is counted, wherever in a vector it stands",
        arguments: KernelPath.allCases)
    func notNumbers(path: KernelPath) {
        for count in [1, 7, 8, 16, 33, 100] {
            for place in 0..<count {
                var values = [Float](repeating: 0.25, count: count)
                values[place] = place.isMultiple(of: 2) ? .nan : -.nan
                let (samples, changes) = quantize(path, values)
                #expect(samples == (0..<count).map { $0 == place ? 0 : 8192 })
                #expect(changes.not_numbers == 1 && changes.clamped == 0)
            }
        }
    }
}
