import AudioConversion
import CommandArguments
import LevelMeasurement
import Presentation
import QuickCommands
import RealTimeAPI
import Reports
import TelephonyAudio
import ThresholdTuning

/// `rtmedia tune`.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Find the parameters of play_talk_detect that do best on labelled recordings.",
        discussion: """
            Takes recordings of the caller's side, and what is on them; finds min_ms, max_ms, silence_ms and \
            analysistime_ms, and prints the command to paste. Every combination that the API accepts is considered exactly, \
            at thresholds of 128...1024, with gains of -6, 0 and +6 dB and added noise; recommended is the middle of a \
            plateau. Exits with 0 if there is a recommendation, whatever was found wrong with single recordings and labels: \
            that is told on standard error and in the report. With --json all of it is one object.
            """
    )

    @Argument(help: "Files or folders with recordings, or level files.", completion: .file())
    var inputs: [String]

    @Option(help: .recordedChannel, transform: parseChannelChoice)
    var channel: ChannelChoice?

    @OptionGroup(title: "LABELS") var labels: LabelArguments

    @OptionGroup(title: "OBJECTIVE") var prices: PriceArguments

    @OptionGroup(title: "LEVELS") var levels: LevelArguments

    @OptionGroup(title: "FILES") var files: TuneFileArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func run() throws {
        Console.silenceLibraries()
        let book: LabelBook
        let media: Duration?
        do throws(ConversionError) {
            media = try prices.mediaLength()
            book = try labels.book()
        } catch {
            Console.note("rtmedia: \(error.advised(.tune))")
            throw ExitStatus.code(for: error)
        }
        var ways: [Way] = []
        var findings: [TuningError] = []
        for classifier in prices.thresholds.classifiers {
            var meter = levels.meter(of: channel)
            meter.isAdaptive = classifier == .adaptive
            let collector = try LevelCollector(
                inputs, meter: meter, reporting: reporting, besides: Set(labels.labels + files.all),
                channels: book.channels(of:))
            let (labelled, labelFindings) = labels.label(collector.recordings, book, channel: channel)
            if ways.isEmpty {
                findings = (collector.findings + labelFindings).map(\.advised)
                tell(findings)
            }
            ways.append(Way(classifier: classifier, recordings: labelled, conditions: collector.conditions))
        }
        let results: [TuningResult]
        do throws(TuningError) { results = try tuned(ways, media: media) } catch {
            Console.note("rtmedia: \(error.advised)")
            throw ExitStatus.code(for: error)
        }
        let choice = ClassifierChoice(results)
        let result = choice.result
        let recommendation = Recommendation(result)
        do throws(ConversionError) {
            try files.write(result, recommendation, findings: findings, options: levels.soundOptions(of: channel))
        } catch {
            Console.note("rtmedia: \(error.advised(.tune))")
            throw ExitStatus.code(for: error)
        }
        if recommendation.isPromptShort, !reporting.json {
            Console.note("rtmedia: the prompt is over before some callers have talked and paused; let it last longer")
        }
        if reporting.json {
            Console.data(jsonLine(TuneRecord(result, recommendation, choice, findings: findings)))
        } else {
            for line in TuneReporter(result, recommendation, choice, isBrief: reporting.quiet).lines {
                Console.data(line)
            }
        }
        try Console.checkData()
    }

    /// A classifier, and the recordings as it hears them.
    private struct Way {
        let classifier: TuningOptions.Classifier
        let recordings: [LabelledRecording]
        let conditions: [LineCondition]
    }

    /// Each way with its own best parameters.
    private func tuned(_ ways: [Way], media: Duration?) throws(TuningError) -> [TuningResult] {
        func tuner(_ way: Way, least: Duration = .zero) throws(TuningError) -> Tuner {
            try Tuner(
                way.recordings, conditions: way.conditions,
                options: try prices.options(way.classifier, media: media, least: least))
        }
        // What one way does not tell of silence, the other may: they are compared within the same bounds.
        let least = try ways.map { (way) throws(TuningError) in try tuner(way).leastSilenceDuration }.max() ?? .zero
        return try ways.map { (way) throws(TuningError) in
            let bar = SharedProgress(isShown: !reporting.quiet)
            let result = try tuner(way, least: least).run(jobs: reporting.jobs) { bar.show($0, "searching") }
            bar.clear()
            return result
        }
    }

    /// Tells what was found wrong; of much the first.
    private func tell(_ findings: [TuningError]) {
        guard !reporting.json else { return }
        for finding in findings.prefix(20) { Console.note("rtmedia: \(finding)") }
        if findings.count > 20 {
            Console.note("rtmedia: and \(findings.count - 20) more findings, which the report has")
        }
    }
}
