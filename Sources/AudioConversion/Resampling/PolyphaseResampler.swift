import TelephonyAudio

/// The default converter: one or two polyphase FIR filters in 32-bit floats, linear phase, at an exact rational ratio.
final class PolyphaseResampler: Resampler {
    let name = "polyphase"

    private let sampleRate: Int
    private let plan: PolyphasePlan
    private var first: PolyphaseStage?
    private var second: PolyphaseStage
    private var decimated: [Float] = []
    private var inputCount = 0
    private var outputCount = 0

    /// - Parameter sampleRate: of the input, in hertz: 1...768,000, not 8000.
    init(sampleRate: Int) {
        self.sampleRate = sampleRate
        plan = PolyphasePlan.plan(for: sampleRate)
        // The first filter starts so early that its response to the first sample is there from its beginning.
        let early = plan.first.map { ($0.reach + $0.step - 1) / $0.step } ?? 0
        first = plan.first.map { PolyphaseStage($0, lead: $0.reach - 1 + early * $0.step) }
        second = PolyphaseStage(plan.second, lead: plan.second.reach - 1 - early)
    }

    func process(_ input: UnsafeBufferPointer<Float>, into output: inout [Float]) {
        inputCount += input.count
        run(input, into: &output, isLast: false)
    }

    func finish(into output: inout [Float]) {
        // Enough silence that the last row reaches beyond the last sample in both filters.
        let silence = (plan.first?.reach ?? 0) + (plan.second.reach + 2) * (plan.first?.step ?? 1)
        [Float](repeating: 0, count: silence).withUnsafeBufferPointer { run($0, into: &output, isLast: true) }
        let excess = outputCount - resampledCount(inputCount, from: sampleRate)
        output.removeLast(excess)
        outputCount -= excess
    }

    private func run(_ input: UnsafeBufferPointer<Float>, into output: inout [Float], isLast: Bool) {
        let start = output.count
        if first != nil {
            decimated.removeAll(keepingCapacity: true)
            first!.process(input, into: &decimated, isLast: isLast)
            decimated.withUnsafeBufferPointer { second.process($0, into: &output, isLast: isLast) }
        } else {
            second.process(input, into: &output, isLast: isLast)
        }
        outputCount += output.count - start
    }
}
