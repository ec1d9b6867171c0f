import AudioConversion
import CommandArguments
import ParallelWork
import Presentation
import RecordingDetection
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
    var inputs: [String] = []

    @OptionGroup(title: "DETECTION") var arguments: DetectArguments

    @Option(help: .recordedChannel, transform: parseChannelChoice)
    var channel: ChannelChoice?

    @Option(help: .headerless, completion: .headerless, transform: parseRaw)
    var raw: HeaderlessFormat?

    @Flag(help: "Accept what can be recovered of a damaged or truncated file, with a warning.")
    var partial = false

    @Flag(help: "Show the strip and the talkspurts of each file, not a line alone, also when there are several.")
    var explain = false

    @Flag(
        help:
            "With --json: the level of each frame, and how probable talk is in each 10 ms, if the threshold is adaptive."
    )
    var frames = false

    @OptionGroup(title: "FILES") var files: DetectFileArguments

    @OptionGroup(title: "FILTER") var filter: FilterArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func validate() throws {
        try filter.check(inputs)
        if filter.isFilter, files.plot != nil || files.labels != nil {
            throw ValidationError("--plot and --labels are of inputs that are named")
        }
        if frames, !reporting.json, !filter.isFilter { throw ValidationError("--frames goes with --json") }
    }

    func run() throws {
        let detections = try arguments.detections.map(completed)
        let listener = RecordingListener(detections: detections, channel: channel, isPartial: partial, raw: raw)
        if filter.isFilter {
            return try FilterRun(filter, jobs: reporting.jobs).run { file in
                file.lines(.detect) { source throws(ConversionError) in
                    try listener.results(of: source).map { DetectRecord($0) }
                } failure: {
                    DetectRecord($0, of: detections[0])
                }
            }
        }
        let inputs = InputFinder.find(inputs)
        let isComparison = detections.count > 1
        try check(inputs, isComparison: isComparison)
        Console.silenceLibraries()
        // In JSON they are a part of each line.
        if !isComparison, !reporting.json {
            for warning in detections[0].advisedWarnings { Console.note("rtmedia: \(warning)") }
        }
        let isLive = inputs.count == 1 && inputs[0].isPipedInput
        var writer = DetectFileWriter(files)
        var reporter = BatchReporter(count: inputs.count, verb: "detect", options: .detect, reporting: reporting) {
            DetectRecord($0, of: detections[0])
        }
        let isBrief = inputs.count > 1 && !explain
        if reporter.isTalkative {
            if isComparison { reporter.data(ComparisonTable.head(detections)) }
            if isBrief, !isComparison { reporter.data([detections[0].summary.joined(separator: ", ")]) }
        }
        var counts = VerdictCounts(detections)
        func tell(_ results: [DetectionResult], _ reporter: inout BatchReporter) {
            for result in results {
                do throws(ConversionError) { try writer.write(result) } catch {
                    reporter.fail(ConversionError(error.code, file: result.file, "\(error)"))
                    return
                }
                counts.add(result)
                reporter.json(DetectRecord(result))
            }
            guard reporter.isTalkative else { return }
            // Channels of one file, and settings, have most of them in common.
            var told: Set<ConversionReport.Warning> = []
            for result in results {
                for warning in result.warnings where told.insert(warning).inserted {
                    reporter.note("rtmedia: \(result.file): \(warning.advised(.detect))")
                }
            }
            if isComparison {
                reporter.data(ComparisonTable.rows(results, settings: detections.count))
            } else {
                for result in results {
                    reporter.data(isBrief ? [result.briefLine] : DetectReporter.lines(result, isLive: isLive))
                }
            }
        }
        if isLive {
            let outcome = BatchOutcome(inputs[0]) { () throws(ConversionError) in
                try listener.results(of: inputs[0].source) { reporter.tell($0, of: inputs[0].source.name) }
            }
            reporter.report(outcome) { tell($0, &$1) }
        } else {
            parallelMap(inputs, jobs: reporting.jobs) { input in
                BatchOutcome(input) { () throws(ConversionError) in try listener.results(of: input.source) }
            } deliver: { _, outcome in
                reporter.report(outcome) { tell($0, &$1) }
            }
        }
        do throws(ConversionError) { try writer.finish() } catch { reporter.fail(error) }
        try reporter.finish(detections[0].command == .dtmf ? "\(inputs.count) files" : counts.text)
    }

    /// A detection with what has to be kept for what is to be told.
    private func completed(_ detection: Detection) -> Detection {
        var detection = detection
        let isTold = !reporting.quiet || reporting.json || filter.isFilter
        detection.detail = files.plot != nil ? .everything : isTold ? .levels : .nothing
        detection.keepsProbabilities = frames || files.plot != nil
        detection.keepsFrames = frames
        detection.showsUsualPause = detection.showsUsualPause && isTold
        return detection
    }

    private func check(_ inputs: [FoundInput], isComparison: Bool) throws {
        let readsAgain = isComparison || channel == .each
        if readsAgain, inputs.contains(where: { $0.path == "-" }) {
            throw ValidationError(
                "standard input is read but once; for --channel each and for several values of --silence-ms name files")
        }
        if isComparison, files.plot != nil || files.labels != nil {
            throw ValidationError("--plot and --labels are of one setting; give --silence-ms one value")
        }
        try files.check(inputCount: channel == .each ? 2 * inputs.count : inputs.count)
    }
}
