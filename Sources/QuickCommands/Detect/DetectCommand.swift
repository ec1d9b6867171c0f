import AudioConversion
import CommandArguments
import ParallelWork
import Presentation
import TelephonyAudio

/// `rtmedia detect`.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect",
        abstract: "Predict what play_talk_detect, wait_for_silence and record would answer to a recording, and why.",
        discussion: """
            Reads anything that convert reads. Prints the verdict, when it falls, and what became of each period of talk. \
            The default rules are Asterisk's, which the platform almost certainly runs; the defaults of the parameters \
            are those that the platform's page recommends.
            """
    )

    @Argument(help: "Files or folders with audio; - is standard input.", completion: .file())
    var inputs: [String]

    @OptionGroup(title: "DETECTION") var arguments: DetectArguments

    @Option(help: .headerless, completion: .headerless, transform: parseRaw)
    var raw: HeaderlessFormat?

    @Flag(help: "Accept what can be recovered of a damaged or truncated file, with a warning.")
    var partial = false

    @Flag(help: "Show the strip and the talkspurts of each file, not a line alone, also when there are several.")
    var explain = false

    @OptionGroup(title: "FILES") var files: DetectFileArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func run() throws {
        var detection = try arguments.detection
        detection.detail = files.plot != nil ? .everything : reporting.quiet && !reporting.json ? .nothing : .levels
        let inputs = InputFinder.find(inputs)
        try files.check(inputCount: inputs.count)
        Console.silenceLibraries()
        var options = ConversionOptions()
        options.raw = raw
        options.acceptsPartial = partial
        if let warning = arguments.warning { Console.note("rtmedia: \(warning)") }
        var writer = DetectFileWriter(files)
        var reporter = BatchReporter(count: inputs.count, verb: "detect", options: .detect, reporting: reporting) {
            [detection] failure in DetectRecord(failure, of: detection)
        }
        let isBrief = inputs.count > 1 && !explain
        if isBrief, reporter.isTalkative { reporter.data([detection.summary.joined(separator: ", ")]) }
        var counts: [String: Int] = [:]
        parallelMap(inputs, jobs: reporting.jobs) { [options, detection] input in
            BatchOutcome(input) { () throws(ConversionError) in try detection.run(input.source, options: options) }
        } deliver: { _, outcome in
            reporter.report(outcome) { result, reporter in
                do throws(ConversionError) { try writer.write(result) } catch {
                    return reporter.fail(ConversionError(error.code, file: result.file, "\(error)"))
                }
                counts[result.result.isEmpty ? "nothing" : result.result, default: 0] += 1
                reporter.json(DetectRecord(result))
                for warning in result.warnings where reporter.isTalkative {
                    reporter.note("rtmedia: \(result.file): \(warning)")
                }
                if reporter.isTalkative { reporter.data(isBrief ? [result.line] : DetectReporter.lines(result)) }
            }
        }
        do throws(ConversionError) { try writer.finish() } catch { reporter.fail(error) }
        let summary = counts.sorted { $0.value > $1.value }.map { "\($0.value) × \($0.key)" }.joined(separator: ", ")
        try reporter.finish(detection.command == .dtmf ? "\(inputs.count) files" : summary)
    }
}
