import RealModule
import TelephonyAudio

/// The active speech level of a signal: its level while somebody speaks (ITU-T P.56 (2011), method B).
///
/// An envelope, the magnitude smoothed twice by 30 ms, is compared to 15 thresholds 6 dB apart; speech is active while the
/// envelope is over a threshold and for 200 ms after. The level counted is that of the threshold which lies 15.9 dB under
/// the level of the speech that is active at it, between two thresholds by interpolation.
struct SpeechLevelMeter {
    private static let smoothing = Double.exp(-1 / (0.03 * Double(PhoneAudio.sampleRate)))
    private static let hangover = PhoneAudio.sampleRate / 5
    private static let margin = 15.9
    /// The thresholds: 2^-15...2^-1 of full scale.
    private static let thresholds = (0..<15).map { Double.exp2(Double($0) - 15) }

    private var sumOfSquares = 0.0
    private var count = 0
    private var once = 0.0
    private var twice = 0.0
    private var activeCounts = [Int](repeating: 0, count: thresholds.count)
    /// Samples since the envelope was last over each threshold.
    private var quietCounts = [Int](repeating: hangover, count: thresholds.count)

    /// Takes samples at 8000 Hz, full scale 1.0.
    mutating func add(_ samples: [Float]) {
        for sample in samples {
            let value = Double(sample)
            sumOfSquares += value * value
            once = Self.smoothing * once + (1 - Self.smoothing) * abs(value)
            twice = Self.smoothing * twice + (1 - Self.smoothing) * once
            // Thresholds rise: those over the envelope follow those under it.
            var index = 0
            while index < Self.thresholds.count, twice >= Self.thresholds[index] {
                activeCounts[index] += 1
                quietCounts[index] = 0
                index += 1
            }
            while index < Self.thresholds.count {
                guard quietCounts[index] < Self.hangover else { break }
                quietCounts[index] += 1
                activeCounts[index] += 1
                index += 1
            }
        }
        count += samples.count
    }

    /// The active speech level and the part of the time that is active, 0...1; nil if nothing is over the lowest threshold
    /// by the margin, or if the envelope comes within the margin of the level at no threshold, as for a lone click.
    var result: (level: Level, activity: Double)? {
        guard count > 0, sumOfSquares > 0 else { return nil }
        var previous: (level: Double, distance: Double)?
        for (threshold, active) in zip(Self.thresholds, activeCounts) where active > 0 {
            let level = 10 * .log10(sumOfSquares / Double(active))
            let distance = level - 20 * .log10(threshold) - Self.margin
            if distance <= 0 {
                guard let before = previous else { return nil }
                let part = before.distance / (before.distance - distance)
                let dBov = before.level + part * (level - before.level)
                return (Level(dBov: dBov), min(1, sumOfSquares / Double(count) / .pow(10, dBov / 10)))
            }
            previous = (level, distance)
        }
        return nil
    }
}
