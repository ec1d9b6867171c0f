import AudioConversion
import TelephonyAudio

extension BatchReporter {
    /// Reports a conversion.
    mutating func tell(_ report: ConversionReport) {
        json(ConvertRecord(report))
        guard isTalkative else { return }
        for warning in report.warnings { note("rtmedia: \(report.input): \(warning)") }
        let seconds = Double(Int((report.duration / .milliseconds(10)).rounded())) / 100
        let channels = report.channels == 1 ? "mono" : report.channels == 2 ? "stereo" : "\(report.channels) channels"
        let origin = "\(report.container), \(report.encoding), \(report.sampleRate) Hz, \(channels)"
        let processing =
            report.processing?.activeLevel.map { "; \($0), gain \(tenths(report.processing!.gain)) dB" } ?? ""
        let unchanged = report.isUnchanged ? "; was there already" : ""
        note("\(report.input) -> \(report.output ?? ""): \(seconds) s (\(origin)\(processing)\(unchanged))")
    }
}

/// A number to a tenth, signed.
func tenths(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded > 0 ? "+\(rounded)" : "\(rounded)"
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

    init(_ report: ConversionReport) {
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
        payloadBytes = report.payloadByteCount
        activeLevelDbov = report.processing?.activeLevel?.dBov
        gainDb = report.processing?.activeLevel == nil ? nil : report.processing?.gain
        leadTrimmedMs = report.processing.map { $0.leadTrimmed / .milliseconds(1) }
        trailTrimmedMs = report.processing.map { $0.trailTrimmed / .milliseconds(1) }
        warnings = report.warnings
    }
}
