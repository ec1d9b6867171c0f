import CTelephonyKernels

/// The coefficients of one filter at a rational rate change of `phases / step`: a row of taps for each phase.
///
/// Where the exact number of phases would make a large table (44,101 Hz would take 8000), there are
/// ``interpolatedPhases`` rows instead, and an output is interpolated between the two rows that its time lies between;
/// the error is below -130 dB.
final class PolyphaseTable: Sendable {
    let phases: Int
    let step: Int
    /// Coefficients per row, a multiple of 8.
    let taps: Int
    /// Rows that stand for the phases: as many as there are phases, or ``interpolatedPhases``.
    let rows: Int
    private nonisolated(unsafe) let storage: UnsafeMutablePointer<Float>

    static let interpolatedPhases = 2048

    var isInterpolated: Bool { rows != phases }
    var coefficients: UnsafePointer<Float> { UnsafePointer(storage) }

    init(_ filter: KaiserFilter, phases: Int, step: Int) {
        self.phases = phases
        self.step = step
        let multiple = Int(TK_ROW_MULTIPLE)
        let taps = (2 * (Int(filter.halfLength.rounded(.up)) + 1) + multiple - 1) / multiple * multiple
        let rows = min(phases, Self.interpolatedPhases)
        self.taps = taps
        self.rows = rows
        storage = .allocate(capacity: (rows + 1) * taps)
        var doubles = [Double](repeating: 0, count: taps)
        var sum = 0.0
        // The response is symmetric: row r backwards is row `rows` - r, and row `rows` is row 0 one sample later.
        for row in 0...(rows / 2) {
            let mirrored = rows - row
            doubles.withUnsafeMutableBufferPointer { doubles in
                filter.fill(doubles, fraction: Double(row) / Double(rows), taps: taps)
                if row == 0 { sum = doubles.reduce(0, +) }
                for index in 0..<taps {
                    let coefficient = Float(doubles[index] / sum)
                    storage[row * taps + index] = coefficient
                    storage[mirrored * taps + taps - 1 - index] = coefficient
                }
            }
        }
    }

    /// A filter that leaves the rate as it is.
    ///
    /// - Parameter coefficients: an odd number of them, symmetric.
    init(_ coefficients: [Double]) {
        (phases, step, rows) = (1, 1, 1)
        let multiple = Int(TK_ROW_MULTIPLE)
        // The middle coefficient belongs at index taps / 2 - 1.
        let lead = (multiple - (coefficients.count + 1) % multiple) % multiple / 2
        taps = coefficients.count + 1 + 2 * lead
        storage = .allocate(capacity: taps)
        storage.initialize(repeating: 0, count: taps)
        for (index, coefficient) in coefficients.enumerated() { storage[lead + index] = Float(coefficient) }
    }

    deinit { storage.deallocate() }

    /// How many samples to both sides of an output's time its row holds.
    var reach: Int { taps / 2 }
}

/// One polyphase filter at work: takes samples in pieces, gives samples at `phases / step` of their rate.
struct PolyphaseStage {
    private let table: PolyphaseTable
    /// Samples that are still needed; the first lies under the first tap of the next output.
    private var pending: [Float]
    private var pendingStart = 0
    /// The phase of the next output.
    private var phase = 0

    /// - Parameter lead: silence before the first sample that is given. With half a row, less one, the first output lies
    ///   on the first sample; with more or less it lies before or behind it.
    init(_ table: PolyphaseTable, lead: Int) {
        self.table = table
        pending = [Float](repeating: 0, count: lead)
    }

    /// Takes samples and appends the outputs that they complete, in whole blocks until the last.
    ///
    /// - Parameter isLast: appends the outputs of a block that stays incomplete, too.
    mutating func process(_ input: UnsafeBufferPointer<Float>, into output: inout [Float], isLast: Bool = false) {
        if pendingStart > 0 {
            pending.removeFirst(pendingStart)
            pendingStart = 0
        }
        pending.append(contentsOf: input)
        if !table.isInterpolated, phase == 0 { appendBlocks(to: &output) }
        guard isLast || table.isInterpolated else { return }
        while pending.count - pendingStart >= table.taps {
            output.append(single())
            phase += table.step
            pendingStart += phase / table.phases
            phase %= table.phases
        }
    }

    /// Appends all blocks that are complete: each is so many outputs per phase that rows are shared.
    private mutating func appendBlocks(to output: inout [Float]) {
        let lanes = Int(TK_LANES)
        let blocks = max(0, pending.count - pendingStart - table.taps) / (lanes * table.step)
        guard blocks > 0 else { return }
        var filter = tk_polyphase(
            coefficients: table.coefficients, taps: table.taps, phases: UInt32(table.phases), step: UInt32(table.step))
        let start = output.count
        output.append(contentsOf: repeatElement(0, count: blocks * lanes * table.phases))
        output.withUnsafeMutableBufferPointer { output in
            pending.withUnsafeBufferPointer { pending in
                tk_polyphase_run(&filter, pending.baseAddress! + pendingStart, blocks, output.baseAddress! + start)
            }
        }
        pendingStart += blocks * lanes * table.step
    }

    /// The output at the present phase.
    private func single() -> Float {
        pending.withUnsafeBufferPointer { pending in
            let samples = pending.baseAddress! + pendingStart
            func output(_ row: Int) -> Float { tk_dot(table.coefficients + row * table.taps, samples, table.taps) }
            guard table.isInterpolated else { return output(phase) }
            let (row, rest) = (phase * table.rows).quotientAndRemainder(dividingBy: table.phases)
            let fraction = Float(rest) / Float(table.phases)
            return output(row) * (1 - fraction) + output(row + 1) * fraction
        }
    }
}
