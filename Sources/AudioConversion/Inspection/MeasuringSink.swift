import TelephonyAudio

/// Measures samples at 8000 Hz.
struct MeasuringSink: SampleSink {
    private var count = 0
    private var sum = 0
    private var run = 0
    private var speech = SpeechLevelMeter()
    private var extent = SoundExtent()
    /// The highest magnitude, 0...32768.
    private(set) var peak = 0
    /// Runs of three or more samples at full scale.
    private(set) var clippedRuns = 0

    mutating func write(_ samples: [Int16]) {
        for sample in samples {
            sum += Int(sample)
            peak = max(peak, Int(sample.magnitude))
            run = sample == .max || sample == .min ? run + 1 : 0
            if run == 3 { clippedRuns += 1 }
        }
        count += samples.count
        let floats = samples.map { Float($0) * 0x1p-15 }
        speech.add(floats)
        extent.add(floats)
    }

    /// The mean, -1...1.
    var offset: Double { count > 0 ? Double(sum) / Double(count) / 32768 : 0 }

    var activeLevel: Level? { speech.result?.level }

    /// Silence before and after the sound; both are zero if there is nothing else.
    var silence: (leading: Duration, trailing: Duration) {
        guard let sound = extent.sound else { return (.zero, .zero) }
        return (.microseconds(sound.lowerBound * 125), .microseconds((count - sound.upperBound) * 125))
    }
}
