import AudioConversion
import CommandArguments
import ParallelWork
import Synchronization
import TelephonyAudio

/// `rtmedia convert`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Convert any audio to what the platform plays: WAV, 8000 Hz, 16 bit, mono.",
        discussion: """
            Without -o, the result is NAME.wav beside the input (NAME.8k.wav if that is the input itself); text, and what \
            comes from standard input, goes to standard output. Of inputs that would have one result, all but the first keep \
            their endings, as in NAME.ogg.wav. A file that exists is replaced only with --force. Formats \
            are recognised by content; those that libsndfile can't read (M4A, WebM, AMR, WMA ...) need ffmpeg installed.
            """
    )

    @Argument(help: "Files or folders with audio; - is standard input.", completion: .file())
    var inputs: [String] = []

    @Option(
        name: [.short, .long],
        help: "The file to write, or the folder for several; - is standard output (default: beside the input).",
        completion: .file())
    var output: String?

    @Option(name: .customLong("as"), help: .outputForm)
    var form = WrittenForm.wav

    @Flag(name: .shortAndLong, help: "Replace outputs that exist; an input is never replaced.")
    var force = false

    @OptionGroup(title: "SOUND") var conversion: ConversionArguments

    @OptionGroup(title: "FILTER") var filter: FilterArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func validate() throws {
        try filter.check(inputs)
        if filter.isFilter, output.map({ $0 == "-" }) ?? (filter.framed || form != .wav) {
            throw ValidationError("standard output has the answers; name a folder for the results with -o")
        }
        if filter.isFilter, force, output == nil {
            throw ValidationError("--force could replace files that are still to be read; name a folder with -o")
        }
    }

    func run() throws {
        if filter.isFilter { return try runAsFilter() }
        let plan = try OutputPlan(inputs: inputs, output: output, form: form)
        Console.silenceLibraries()
        let dataIsOnOutput = plan.jobs.contains(where: { $0.target.isStandardOutput })
        var reporter = BatchReporter(
            count: plan.jobs.count, verb: "convert", options: .convert, reporting: reporting,
            jsonGoesToError: dataIsOnOutput)
        do throws(ConversionError) { try plan.createFolders() } catch {
            reporter.fail(error)
            throw ExitStatus.code(for: error)
        }
        let converter = AudioConverter(options: conversion.options, for: plan.jobs.map(\.input.source))
        let isAlone = plan.jobs.count == 1
        let progress = { (part: Double) in if isAlone { reporter.show(part) } }
        nonisolated(unsafe) let ownProgress = isAlone ? progress : nil  // one file: one thread
        var converted = 0
        // Data on standard output must come in order, so one file at a time there.
        parallelMap(plan.groups, jobs: dataIsOnOutput ? 1 : reporting.jobs) { [form, force] group in
            convert(group, converter, form: form, replacing: force, progress: ownProgress)
        } deliver: { [form] _, outcomes in
            for outcome in outcomes {
                reporter.report(outcome) { report, reporter in
                    converted += 1
                    reporter.tell(report, as: form)
                }
            }
        }
        try reporter.finish("\(converted) converted")
    }

    /// Converts what is read, each file on its own: of two with one result the second is refused, with --force, too.
    private func runAsFilter() throws {
        // Only with --force: without it what is there is refused, and memory does not grow with the files.
        let taken = Mutex<Set<String>>([])
        let converter = AudioConverter(options: conversion.options)
        try FilterRun(filter, jobs: reporting.jobs).run { [output, form, force] file in
            file.lines(.convert) { source throws(ConversionError) in
                let path = try OutputPlan.path(of: file, in: output, form: form)
                guard !force || taken.withLock({ $0.insert(path).inserted }) else {
                    throw ConversionError(.exists, file: path, "is the result of another file already")
                }
                try OutputFile.createFolder(of: path)
                let report = try converter.convert(source, to: .file(path), as: form.output, replacing: force)
                return [ConvertRecord(report, as: form)]
            } failure: {
                $0
            }
        }
    }
}

/// Converts inputs that have one target: the first that is audio gets it, also if it turns out to be damaged, so that
/// names do not depend on that.
private func convert(
    _ group: [OutputPlan.Job], _ converter: AudioConverter, form: WrittenForm, replacing: Bool,
    progress: ((Double) -> Void)?
) -> [BatchOutcome<ConversionReport>] {
    var winner: String?
    return group.map { job in
        BatchOutcome(job.input) { () throws(ConversionError) in
            do throws(ConversionError) {
                let report = try convert(
                    winner == nil ? job : job.retargeted, converter, form: form,
                    replacing: replacing && (winner == nil || job.spareTarget != nil), progress: progress)
                winner = winner ?? job.input.path
                return report
            } catch {
                if winner == nil, error.code.group != .notAudio { winner = job.input.path }
                guard error.code.group == .cannotCreate, job.spareTarget == nil, let winner, winner != job.input.path
                else {
                    throw error
                }
                throw ConversionError(
                    .cannotCreate, file: job.input.path,
                    "would become \(job.target.name), which \(winner) became already; convert them apart")
            }
        }
    }
}

private func convert(
    _ job: OutputPlan.Job, _ converter: AudioConverter, form: WrittenForm, replacing: Bool,
    progress: ((Double) -> Void)?
) throws(ConversionError) -> ConversionReport {
    do throws(ConversionError) {
        return try converter.convert(
            job.input.source, to: job.target, as: form.output, replacing: replacing && !job.isInput, progress: progress)
    } catch {
        guard error.code.group == .cannotCreate, job.isInput, replacing else { throw error }
        throw ConversionError(
            .cannotCreate, file: error.file, "is an input, which is never overwritten; name a folder with -o")
    }
}
