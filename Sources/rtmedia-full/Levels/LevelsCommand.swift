import AudioConversion
import CommandArguments
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
    var inputs: [String]

    @Option(
        name: [.short, .long], help: "The level file to write; - is standard output.",
        completion: .file(extensions: ["levels"]))
    var output: String

    @Flag(name: .shortAndLong, help: "Replace a level file that exists.")
    var force = false

    @OptionGroup(title: "LEVELS") var levels: LevelArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func run() throws {
        Console.silenceLibraries()
        let collector = try LevelCollector(
            inputs, meter: levels.meter, reporting: reporting, besides: [output])
        let bytes = LevelFile(conditions: collector.conditions, recordings: collector.recordings).bytes
        do throws(ConversionError) {
            if output == "-" {
                try Console.write(bytes)
            } else {
                try OutputPlan.createFolder(of: output)
                try OutputFile.write(bytes, to: output, replacing: force)
            }
        } catch {
            Console.note("rtmedia: \(error.advised(.levels))")
            throw ExitStatus.code(for: error)
        }
        report(collector, byteCount: bytes.count)
        if let failure = collector.failures.first { throw ExitStatus.code(for: failure) }
    }

    private func report(_ collector: LevelCollector, byteCount: Int) {
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
                    conditions: collector.conditions.map(\.description), bytes: byteCount))
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
}
