import AudioConversion
import CommandArguments
import LevelMeasurement
import Presentation
import QuickCommands
import TelephonyAudio
import ThresholdTuning

/// `rtmedia levels`.
struct LevelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "levels",
        abstract: "Measure the levels of recordings under all line conditions, for tune to read.",
        discussion: """
            Writes a level file: of each recording the mean magnitude of every 20 ms, with gains of -6, 0 and +6 dB, each \
            without noise and with noise of -60 and -50 dBov; no sample is kept, and tune needs none. Level files of parts, \
            measured anywhere, add up to the same result. Reads anything that convert reads.
            """
    )

    @Argument(help: "Files or folders with recordings, or level files.", completion: .file())
    var inputs: [String] = []

    @Option(
        name: [.short, .long], help: "The level file to write; - is standard output.",
        completion: .file(extensions: ["levels"]))
    var output: String?

    @Flag(name: .shortAndLong, help: "Replace a level file that exists.")
    var force = false

    @Option(help: .recordedChannel, transform: parseChannelChoice)
    var channel: ChannelChoice?

    @OptionGroup(title: "LEVELS") var levels: LevelArguments

    @OptionGroup(title: "FILTER") var filter: FilterArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func validate() throws {
        try filter.check(inputs)
        if filter.isFilter, output != nil {
            throw ValidationError("with --files-from and --framed each line has its levels; leave out -o")
        }
        if !filter.isFilter, output == nil { throw ValidationError("Missing expected argument '--output <output>'") }
    }

    func run() throws {
        guard let output else {
            let meter = levels.meter(of: channel)
            return try FilterRun(filter, jobs: reporting.jobs).run { file in
                file.lines(.levels) { source throws(ConversionError) in
                    try meter.measure(source).map { MeasuredRecord(file: file.name, $0) }
                } failure: {
                    $0
                }
            }
        }
        Console.silenceLibraries()
        let collector = try LevelCollector(
            inputs, meter: levels.meter(of: channel), reporting: reporting, besides: [output])
        let bytes = LevelFile(conditions: collector.conditions, recordings: collector.recordings).bytes
        do throws(ConversionError) {
            if output == "-" {
                try Console.write(bytes)
            } else {
                try OutputFile.createFolder(of: output)
                try OutputFile.write(bytes, to: output, replacing: force)
            }
        } catch {
            Console.note("rtmedia: \(error.advised(.levels))")
            throw ExitStatus.code(for: error)
        }
        report(collector, to: output, byteCount: bytes.count)
        if let failure = collector.failures.first { throw ExitStatus.code(for: failure) }
    }

    /// The most recordings of which a warning is told.
    private static let toldWarnings = 20

    private func report(_ collector: LevelCollector, to output: String, byteCount: Int) {
        let told = collector.warnings.prefix(Self.toldWarnings)
        for (file, warning) in told where !reporting.json && !reporting.quiet {
            Console.note("rtmedia: \(file): \(warning.advised(.levels))")
        }
        if collector.warnings.count > told.count, !reporting.json, !reporting.quiet {
            Console.note(
                "rtmedia: and \(collector.warnings.count - told.count) more of the kind; --json tells all of them")
        }
        for failure in collector.failures.map({ $0.advised(.levels) }) {
            let line =
                reporting.json
                ? jsonLine(FailureRecord(failure, result: "failed")) : "rtmedia: \(failure)"
            Console.note(line)
        }
        if reporting.json {
            let line = jsonLine(
                LevelsRecord(
                    output: output, recordings: collector.recordings.count, cached: collector.keptCount,
                    conditions: collector.conditions.map(\.description), bytes: byteCount,
                    warnings: collector.warnings.isEmpty
                        ? nil : collector.warnings.map { "\($0.file): \($0.warning.advised(.levels))" }))
            if output == "-" { Console.note(line) } else { Console.data(line) }
        } else if !reporting.quiet {
            let failed = collector.failures.isEmpty ? "" : ", \(collector.failures.count) failed"
            Console.note("\(collector.recordings.count) recordings -> \(output): \(byteCount) bytes\(failed)")
        }
    }
}

/// What was written, in JSON.
private struct LevelsRecord: Encodable {
    let output: String
    let recordings: Int
    let cached: Int
    let conditions: [String]
    let bytes: Int
    /// Nil if there are none.
    let warnings: [String]?
}

/// The levels of one recording, or of one channel of it, in JSON.
private struct MeasuredRecord: Encodable {
    let file: String
    let channel: Int?
    let result = "measured"
    let durationMs: Double
    let frames: Int
    /// The mean of the frames' magnitudes, as a level.
    let levelDbov: Double?
    /// What is to be known of the recording; nil if there is nothing.
    let warnings: [String]?
    /// A level file that holds this recording alone, in base64.
    let levels: String

    init(file: String, _ measured: LevelMeter.Measurement) {
        self.file = file
        channel = measured.channel
        let levels = measured.levels
        durationMs = Double(levels.sampleCount) / 8
        frames = levels.frameCount
        levelDbov = levels.meanLevel?.dBov
        warnings = measured.warnings.isEmpty ? nil : measured.warnings.map { $0.advised(.levels) }
        self.levels = Base64.encode(LevelFile(recordings: [levels]).bytes.span.bytes)
    }
}
