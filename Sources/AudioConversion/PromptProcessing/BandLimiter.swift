/// Limits the band to 300...3400 Hz, as telephone networks do: a linear-phase FIR filter, 60 dB down below 200 and above
/// 3600 Hz, which moves nothing in time.
struct BandLimiter {
    private var stage: PolyphaseStage
    private let reach: Int
    private var inputCount = 0
    private var outputCount = 0

    private static let table: PolyphaseTable = {
        let upper = KaiserFilter(passband: 3400.0 / 8000, stopband: 3600.0 / 8000, attenuation: 60)
        let lower = KaiserFilter(passband: 200.0 / 8000, stopband: 300.0 / 8000, attenuation: 60)
        let taps = 2 * (Int(lower.halfLength.rounded(.up)) + 1)
        func response(_ filter: KaiserFilter) -> [Double] {
            var row = [Double](repeating: 0, count: taps)
            row.withUnsafeMutableBufferPointer { filter.fill($0, fraction: 0, taps: taps) }
            let sum = row.reduce(0, +)
            // Of an even number of taps the last lies outside the response.
            return row.dropLast().map { $0 / sum }
        }
        return PolyphaseTable(zip(response(upper), response(lower)).map { $0 - $1 })
    }()

    init() {
        reach = Self.table.reach
        stage = PolyphaseStage(Self.table, lead: reach - 1)
    }

    /// Replaces samples by filtered ones, later ones first to come; the last call gives as many as were taken in all.
    mutating func process(_ samples: inout [Float], isLast: Bool) {
        inputCount += samples.count
        if isLast { samples.append(contentsOf: repeatElement(0, count: reach + 1)) }
        var filtered: [Float] = []
        samples.withUnsafeBufferPointer { stage.process($0, into: &filtered, isLast: isLast) }
        outputCount += filtered.count
        if isLast { filtered.removeLast(outputCount - inputCount) }
        samples = filtered
    }
}
