/// The true peak: the largest magnitude between the samples too, at four times the rate (ITU-R BS.1770-4, Annex 2).
struct TruePeakMeter {
    private var stage = PolyphaseStage(table, lead: table.reach - 1)
    private var oversampled: [Float] = []
    /// Full scale 1.0.
    private(set) var peak: Float = 0

    private static let table = PolyphaseTable(
        KaiserFilter(passband: 0.45, stopband: 0.55, attenuation: 80), phases: 4, step: 1)

    /// Takes samples; the last call takes none.
    mutating func add(_ samples: [Float], isLast: Bool = false) {
        oversampled.removeAll(keepingCapacity: true)
        samples.withUnsafeBufferPointer { stage.process($0, into: &oversampled, isLast: isLast) }
        for sample in oversampled { peak = max(peak, sample.magnitude) }
    }

    /// Takes the silence after the last sample.
    mutating func finish() {
        add([Float](repeating: 0, count: 2 * Self.table.reach), isLast: true)
    }
}
