import ArgumentParser
import AudioConversion
import TelephonyAudio

/// Tells what became of each conversion, and sums up.
struct ConvertReporter {
    private let count: Int
    private let reporting: ReportingArguments
    private let jsonGoesToError: Bool
    private var progress: ProgressLine
    private var done = 0
    private var converted = 0
    private var failed = 0
    private var passedOver = 0
    private var firstFailure: ExitCode?
    private let start = ContinuousClock.now

    init(count: Int, reporting: ReportingArguments, jsonGoesToError: Bool) {
        self.count = count
        self.reporting = reporting
        self.jsonGoesToError = jsonGoesToError
        progress = ProgressLine(isShown: !reporting.quiet && !reporting.json)
    }

    /// Shows how far a single file is.
    mutating func show(_ part: Double) {
        progress.show(part, "")
    }

    mutating func report(_ outcome: ConvertOutcome) {
        done += 1
        switch outcome {
        case .converted(let report):
            converted += 1
            if reporting.json { json(ConvertRecord(report)) }
            if !reporting.quiet && !reporting.json { tell(report) }
        case .failed(let error): report(error)
        case .passedOver(let error):
            passedOver += 1
            if reporting.json { json(FailureRecord(error, result: "passed_over")) }
            if !reporting.quiet && !reporting.json { progress.note("\(error); passed over") }
        }
        if count > 1 { progress.show(Double(done) / Double(count), "\(done)/\(count) files") }
    }

    mutating func report(_ error: ConversionError) {
        failed += 1
        if firstFailure == nil { firstFailure = ExitStatus.code(for: error) }
        if reporting.json { json(FailureRecord(error, result: "failed")) } else { progress.note("rtmedia: \(error)") }
    }

    /// Sums up a batch.
    ///
    /// - Throws: the exit code of the first failure, or for lost output.
    mutating func finish() throws {
        progress.clear()
        guard count > 0 else {
            Console.note("rtmedia: nothing to convert: the folder is empty")
            throw ExitStatus.noInput
        }
        if count > 1, !reporting.quiet, !reporting.json {
            let seconds = Double(Int((ContinuousClock.now - start) / .milliseconds(10))) / 100
            let rest = [failed > 0 ? "\(failed) failed" : nil, passedOver > 0 ? "\(passedOver) passed over" : nil]
            Console.note(
                (["\(converted) converted"] + rest.compactMap { $0 }).joined(separator: ", ") + " in \(seconds) s")
        }
        try Console.checkData()
        if let firstFailure { throw firstFailure }
    }

    private mutating func tell(_ report: ConversionReport) {
        for warning in report.warnings { progress.note("rtmedia: \(report.input): \(warning)") }
        let seconds = Double(Int((report.duration / .milliseconds(10)).rounded())) / 100
        let channels = report.channels == 1 ? "mono" : report.channels == 2 ? "stereo" : "\(report.channels) channels"
        let origin = "\(report.container), \(report.encoding), \(report.sampleRate) Hz, \(channels)"
        let care = report.care?.activeLevel.map { "; \($0), gain \(tenths(report.care!.gain)) dB" } ?? ""
        let unchanged = report.isUnchanged ? "; was there already" : ""
        progress.note("\(report.input) -> \(report.output ?? ""): \(seconds) s (\(origin)\(care)\(unchanged))")
    }

    private func json(_ record: some Encodable) {
        let line = jsonLine(record)
        if jsonGoesToError { Console.note(line) } else { Console.data(line) }
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
        activeLevelDbov = report.care?.activeLevel?.dBov
        gainDb = report.care?.activeLevel == nil ? nil : report.care?.gain
        leadTrimmedMs = report.care.map { $0.leadTrimmed / .milliseconds(1) }
        trailTrimmedMs = report.care.map { $0.trailTrimmed / .milliseconds(1) }
        warnings = report.warnings
    }
}

/// A failure in JSON.
struct FailureRecord: Encodable {
    let file: String
    let result: String
    let error: String
    let code: ConversionError.Code

    init(_ error: ConversionError, result: String) {
        file = error.file
        self.result = result
        self.error = error.reason
        code = error.code
    }
}
