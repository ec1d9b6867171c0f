import Files
import RealModule
import TelephonyAudio

/// What prompt processing does once it has heard the whole file: one gain, trimming, fades and padding.
///
/// Samples wait in a temporary file, in floats, so that nothing is rounded twice and memory stays flat.
struct PromptProcessor {
    private let processing: PromptProcessing
    private let name: String
    private var spool: Spool
    private var levelMeter = SpeechLevelMeter()
    private var peakMeter = TruePeakMeter()
    private var extent = SoundExtent()
    private var count = 0
    private var gain: Float = 1
    /// The samples that are kept, and the place of the next to hand on; padding lies before and behind them.
    private var kept = 0..<0
    private var position = 0
    private(set) var warnings: [ConversionReport.Warning] = []

    private static let chunkSize = 8192
    /// The true peak that a gain may lead to: 1 dB under full scale.
    private static let maximumPeak = Double(decibelFactor(-1))

    /// - Throws: `inputOutput` if there is no room for a temporary file.
    init(_ processing: PromptProcessing, name: String) throws(ConversionError) {
        self.processing = processing
        self.name = name
        spool = try attempt(on: name) { () throws(SystemError) in try Spool() }
    }

    /// Takes samples at 8000 Hz, full scale 1.0.
    mutating func add(_ samples: [Float]) throws(ConversionError) {
        if processing.level != nil {
            levelMeter.add(samples)
            peakMeter.add(samples)
        }
        if processing.trims { extent.add(samples) }
        count += samples.count
        try attempt(on: name) { () throws(SystemError) in try spool.append(samples.span.bytes) }
    }

    /// Decides on the gain and on what is kept, once all samples are there.
    ///
    /// - Throws: `inputOutput` if the temporary file can't be read.
    mutating func decide() throws(ConversionError) -> ProcessingReport {
        var report = ProcessingReport()
        kept = trim(&report)
        let start = kept.lowerBound - processing.padding.sampleCount
        position = start
        if processing.level != nil, processing.trims || processing.fade > .zero || processing.padding > .zero {
            // The level is that of the result: of a short prompt, silence at its ends is a good part of what P.56 counts.
            levelMeter = SpeechLevelMeter()
            while let samples = try next() { levelMeter.add(samples) }
            position = start
        }
        gain = chooseGain(&report)
        return report
    }

    /// The next few thousand treated samples; nil once there are no more.
    mutating func next() throws(ConversionError) -> [Float]? {
        let padding = processing.padding.sampleCount
        guard position < kept.upperBound + padding else { return nil }
        defer { position += Self.chunkSize }
        let chunk = position..<min(position + Self.chunkSize, kept.upperBound + padding)
        let sounding = chunk.clamped(to: kept)
        var samples = [Float](repeating: 0, count: chunk.count)
        if !sounding.isEmpty {
            try readBack(sounding, into: &samples, at: sounding.lowerBound - chunk.lowerBound)
        }
        let fade = min(processing.fade.sampleCount, kept.count / 2)
        for place in sounding {
            let distance = min(place - kept.lowerBound, kept.upperBound - 1 - place)
            samples[place - chunk.lowerBound] *= gain * Self.fadeGain(distance, of: fade)
        }
        return samples
    }

    /// Reads samples from the spool to a place in an array.
    private func readBack(
        _ range: Range<Int>, into samples: inout [Float], at start: Int
    ) throws(ConversionError) {
        let place = (4 * start)..<(4 * (start + range.count))
        var bytes = samples.mutableSpan
        do throws(SystemError) {
            let count = try bytes.withUnsafeMutableBytes { (buffer) throws(SystemError) in
                try spool.file.read(at: 4 * range.lowerBound, into: .init(rebasing: buffer[place]))
            }
            if count == place.count { return }
        } catch { throw unreadable(error.reason) }
        throw unreadable("it became shorter")
    }

    private func unreadable(_ reason: String) -> ConversionError {
        ConversionError(.inputOutput, file: name, "reading the temporary file failed: \(reason)")
    }

    /// A raised cosine from 0 at the end of the sound to 1 where the fade is over; 1 everywhere for a fade of 0 samples.
    private static func fadeGain(_ distance: Int, of fade: Int) -> Float {
        guard distance < fade else { return 1 }
        return Float(0.5 - 0.5 * .cos(Double.pi * (Double(distance) + 0.5) / Double(fade)))
    }

    private mutating func chooseGain(_ report: inout ProcessingReport) -> Float {
        guard let wanted = processing.level else { return 1 }
        guard let active = levelMeter.result?.level else {
            warnings.append(.noSpeechLevel)
            return 1
        }
        peakMeter.finish()
        let gain = Double.pow(10, (wanted.dBov - active.dBov) / 20)
        let highest = Self.maximumPeak / Double(peakMeter.peak)
        report.activeLevel = active
        report.isCapped = gain > highest
        report.gain = 20 * .log10(min(gain, highest))
        if report.isCapped {
            warnings.append(.gainHeldBack(reached: Level(dBov: active.dBov + report.gain)))
        }
        return Float(min(gain, highest))
    }

    private mutating func trim(_ report: inout ProcessingReport) -> Range<Int> {
        guard processing.trims else { return 0..<count }
        guard let kept = extent.range else {
            warnings.append(.onlySilence)
            return 0..<count
        }
        if let distance = extent.distanceToNoise { warnings.append(.noiseNotTrimmed(decibelsUnderPeak: distance)) }
        report.leadTrimmed = .microseconds(kept.lowerBound * 125)
        report.trailTrimmed = .microseconds((count - kept.upperBound) * 125)
        return kept
    }
}

/// The factor that a gain in decibels stands for.
func decibelFactor(_ decibels: Double) -> Float {
    Float(Double.pow(10, decibels / 20))
}

extension Duration {
    /// The nearest number of samples at 8000 Hz; 0 for what is negative, 24 hours at the most.
    var sampleCount: Int {
        Int((min(max(self, .zero), .seconds(86_400)) / .microseconds(125)).rounded())
    }
}
