import Synchronization
import TelephonyAudio

/// The filters for one input rate: a decimation by a whole number where that saves work, then the rational rest.
///
/// The second filter alone decides what is heard: flat to 3400 Hz, -3 dB above 3700 Hz, nothing from 4100 Hz on. The first
/// only has to remove what its decimation would fold onto that, so it is short.
struct PolyphasePlan: Sendable {
    /// Decimates by `decimation`; nil where one filter is best.
    let first: PolyphaseTable?
    let second: PolyphaseTable

    /// In hertz at 8000 Hz and above; in proportion to the rate below.
    ///
    /// The passband is a little wider than what must be flat, so that half way down, at the middle of the transition, is
    /// still above 3.7 kHz.
    private static let passband = 3430.0
    private static let stopband = 4100.0
    /// Where the first filter may begin to fall: above all that the second passes.
    private static let firstPassband = 3800.0
    /// In decibels.
    ///
    /// An alias is asked to be under -110 dBFS; both filters and the rounding of coefficients add up.
    private static let attenuation = 117.0

    /// The plan for a rate, made once per rate.
    static func plan(for sampleRate: Int) -> PolyphasePlan {
        plans.withLock { plans in
            if let plan = plans[sampleRate] { return plan }
            // A table is up to 2 MB, and hostile folders may hold a file of every rate there is.
            if plans.count >= 16 { plans.removeAll() }
            let plan = PolyphasePlan(sampleRate)
            plans[sampleRate] = plan
            return plan
        }
    }

    private static let plans = Mutex<[Int: PolyphasePlan]>([:])

    private init(_ sampleRate: Int) {
        let decimations = 1...max(1, min(128, sampleRate / 8200))
        let best = decimations.min { Self.cost(sampleRate, $0) < Self.cost(sampleRate, $1) }!
        first =
            best == 1 ? nil : PolyphaseTable(Self.firstFilter(sampleRate, decimation: best), phases: 1, step: best)
        let (phases, step) = Self.ratio(sampleRate, decimation: best)
        second = PolyphaseTable(Self.secondFilter(sampleRate, decimation: best), phases: phases, step: step)
    }

    /// Multiplications per second of audio, with those that make the table spread over a few seconds.
    private static func cost(_ sampleRate: Int, _ decimation: Int) -> Double {
        let rate = Double(sampleRate)
        let phases = ratio(sampleRate, decimation: decimation).phases
        let rows = Double(min(phases, PolyphaseTable.interpolatedPhases))
        let secondTaps = 2 * secondFilter(sampleRate, decimation: decimation).halfLength
        // An interpolated output takes two rows, one output at a time.
        let second =
            (Double(phases) > rows ? 4 : 1) * secondTaps * Double(PhoneAudio.sampleRate) + 20 * rows * secondTaps
        guard decimation > 1 else { return second }
        let reach = firstFilter(sampleRate, decimation: decimation).halfLength / Double(decimation)
        // The first filter's early samples lie before the sound in the second: no more of them than half its row. Closer to
        // twice 4.1 kHz the first filter would have to be so sharp that it is the longer of the two.
        guard reach + 4 < secondTaps / 2 else { return .infinity }
        return second + 2 * reach * rate
    }

    private static func ratio(_ sampleRate: Int, decimation: Int) -> (phases: Int, step: Int) {
        var (divisor, rest) = (sampleRate, PhoneAudio.sampleRate * decimation)
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return (PhoneAudio.sampleRate * decimation / divisor, sampleRate / divisor)
    }

    private static func firstFilter(_ sampleRate: Int, decimation: Int) -> KaiserFilter {
        let rate = Double(sampleRate)
        return KaiserFilter(
            passband: firstPassband / rate, stopband: (rate / Double(decimation) - stopband) / rate,
            attenuation: attenuation)
    }

    private static func secondFilter(_ sampleRate: Int, decimation: Int) -> KaiserFilter {
        let rate = Double(sampleRate) / Double(decimation)
        let scale = min(rate, Double(PhoneAudio.sampleRate)) / Double(PhoneAudio.sampleRate) / rate
        return KaiserFilter(passband: passband * scale, stopband: stopband * scale, attenuation: attenuation)
    }
}
