import AudioConversion
import TelephonyAudio

extension BatchReporter {
    /// Reports a conversion.
    mutating func tell(_ report: ConversionReport, as form: WrittenForm) {
        json(ConvertRecord(report, as: form))
        guard isTalkative else { return }
        for warning in report.warnings(as: form, .convert) { note("rtmedia: \(report.input): \(warning)") }
        let origin = SoundText.format(
            container: report.container, encoding: report.encoding, sampleRate: report.sampleRate,
            channels: report.channels)
        let processing = report.processing.flatMap { processing in
            processing.activeLevel.map { "; \(SoundText.level($0, gain: processing.gain))" }
        }
        let unchanged = report.isUnchanged ? "; was there already" : ""
        let seconds = SoundText.seconds(report.duration)
        note("\(report.input) -> \(report.output ?? ""): \(seconds) s (\(origin)\(processing ?? "")\(unchanged))")
    }
}

/// A conversion in JSON.
struct ConvertRecord: Encodable {
    let file: String
    let result: String
    let output: String?
    let container: String
    let encoding: String
    let decoder: String
    let resampler: String?
    let sampleRate: Int
    let channels: Int
    let frames: Int
    let samples: Int
    let durationMs: Double
    let clamped: Int
    let payloadBytes: Int
    let activeLevelDbov: Double?
    let gainDb: Double?
    let leadTrimmedMs: Double?
    let trailTrimmedMs: Double?
    let warnings: [String]

    init(_ report: ConversionReport, as form: WrittenForm) {
        file = report.input
        result = report.isUnchanged ? "unchanged" : "converted"
        output = report.output
        container = report.container
        encoding = report.encoding
        decoder = report.decoder
        resampler = report.resampler
        sampleRate = report.sampleRate
        channels = report.channels
        frames = report.frameCount
        samples = report.sampleCount
        durationMs = report.duration / .milliseconds(1)
        clamped = report.clampedCount
        payloadBytes = report.base64ByteCount
        activeLevelDbov = report.processing?.activeLevel?.dBov
        gainDb = report.processing?.activeLevel == nil ? nil : report.processing?.gain
        leadTrimmedMs = report.processing.map { $0.leadTrimmed / .milliseconds(1) }
        trailTrimmedMs = report.processing.map { $0.trailTrimmed / .milliseconds(1) }
        warnings = report.warnings(as: form, .convert)
    }
}
