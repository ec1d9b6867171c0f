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
    private var activities = [Activity](repeating: Activity(), count: thresholds.count)
    /// How many thresholds the envelope has reached, and where it stays with that.
    private var reached = 0
    private var range = -1.0..<thresholds[0]

    /// For how many samples speech was active at a threshold.
    private struct Activity {
        private var count = 0
        private var isOver = false
        /// The sample from which on the envelope is over the threshold, or is not any more; nil if it never was.
        private var start: Int?

        /// How many there were before a sample.
        func count(until sample: Int) -> Int {
            guard let start else { return 0 }
            return count + (isOver ? sample - start : min(sample - start, SpeechLevelMeter.hangover))
        }

        mutating func turn(at sample: Int) {
            count = count(until: sample)
            (isOver, start) = (!isOver, sample)
        }
    }

    /// Takes samples at 8000 Hz, full scale 1.0.
    mutating func add(_ samples: [Float]) {
        for index in samples.indices {
            let value = Double(samples[index])
            sumOfSquares += value * value
            once = Self.smoothing * once + (1 - Self.smoothing) * abs(value)
            twice = Self.smoothing * twice + (1 - Self.smoothing) * once
            if !range.contains(twice) { follow(from: count + index) }
        }
        count += samples.count
    }

    /// The envelope has come over thresholds, or under them.
    private mutating func follow(from sample: Int) {
        let before = reached
        reached = Self.thresholds.firstIndex { twice < $0 } ?? Self.thresholds.count
        for index in min(before, reached)..<max(before, reached) { activities[index].turn(at: sample) }
        let low = reached == 0 ? -1 : Self.thresholds[reached - 1]
        range = low..<(reached == Self.thresholds.count ? .infinity : Self.thresholds[reached])
    }

    /// The active speech level and the part of the time that is active, 0...1; nil if nothing is over the lowest threshold
    /// by the margin, or if the envelope comes within the margin of the level at no threshold, as for a lone click.
    var result: (level: Level, activity: Double)? {
        guard count > 0, sumOfSquares > 0 else { return nil }
        var previous: (level: Double, distance: Double)?
        for (threshold, activity) in zip(Self.thresholds, activities) {
            let active = activity.count(until: count)
            guard active > 0 else { continue }
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
