import AudioConversion
import CommandArguments
import ParallelWork
import TelephonyAudio

/// `rtmedia inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Check whether the platform can play audio as it is, and if not, why, and the command that fixes it.",
        discussion: """
            Checks each byte of the header, and the audio for clipping, DC offset, level and silence. Exits with 0 if the \
            platform plays every file as it is, with 65 if not; advice alone does not count. With --level, a file that is \
            louder or quieter counts as one that is not played.
            """
    )

    @Argument(help: "Files or folders with audio; - is standard input.", completion: .file())
    var inputs: [String] = []

    @Option(help: .headerless, completion: .headerless, transform: parseRaw)
    var raw: HeaderlessFormat?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The active speech level (ITU-T P.56) that files should have, in dBov; -26 is usual.", valueName: "dBov"),
        transform: parseLevel)
    var level: Level?

    @Option(help: ArgumentHelp("How far from that it may be, in dB, 0...60 (default: 1).", valueName: "dB"))
    var within: Double?

    @OptionGroup(title: "FILTER") var filter: FilterArguments

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func validate() throws {
        try filter.check(inputs)
        guard let within else { return }
        if level == nil { throw ValidationError("--within needs --level, which says from what") }
        guard (0...60).contains(within) else { throw ValidationError("--within \(within): must lie in 0...60 dB") }
    }

    private var inspector: AudioInspector {
        var inspector = AudioInspector(raw: raw)
        inspector.levels = level.map { level in
            let within = within ?? 1
            return Level(dBov: level.dBov - within)...Level(dBov: level.dBov + within)
        }
        return inspector
    }

    func run() throws {
        if filter.isFilter {
            return try FilterRun(filter, jobs: reporting.jobs).run { [raw, level, inspector] file in
                file.lines(.inspect) { source throws(ConversionError) in
                    let inspection = try inspector.inspect(source)
                    return [InspectRecord(inspection, Remedy(inspection, path: file.name, raw: raw, level: level))]
                } failure: {
                    $0
                }
            }
        }
        let inputs = InputFinder.find(inputs)
        Console.silenceLibraries()
        let inspector = inspector
        var reporter = BatchReporter(count: inputs.count, verb: "inspect", options: .inspect, reporting: reporting)
        var accepted = 0
        var refused = 0
        parallelMap(inputs, jobs: reporting.jobs) { input in
            BatchOutcome(input) { () throws(ConversionError) in try inspector.inspect(input.source) }
        } deliver: { index, outcome in
            reporter.report(outcome) { inspection, reporter in
                let remedy = Remedy(inspection, path: inputs[index].path, raw: raw, level: level)
                if inspection.isAccepted { accepted += 1 } else { refused += 1 }
                reporter.json(InspectRecord(inspection, remedy))
                if reporter.isForPeople { reporter.data(lines(inspection, remedy)) }
            }
        }
        try reporter.finish("\(accepted) of \(inputs.count - reporter.skipped) files can be played as they are")
        if refused > 0 { throw ExitStatus.badData }
    }

    /// What people are told.
    private func lines(_ inspection: Inspection, _ remedy: Remedy?) -> [String] {
        if reporting.quiet, inspection.isAccepted { return [] }
        let level = inspection.activeLevel.map { ", \($0)" } ?? ""
        let format = SoundText.format(
            container: inspection.container, encoding: inspection.encoding, sampleRate: inspection.sampleRate,
            channels: inspection.channels)
        let seconds = SoundText.seconds(inspection.duration)
        let verdict = "\(inspection.file): \(inspection.isAccepted ? "ok" : "NOT OK") (\(format), \(seconds) s\(level))"
        let problems =
            inspection.formatProblems.map { "  problem: \($0)" } + inspection.formatAdvice.map { "  advice: \($0)" }
        let findings = inspection.findings.map { finding in
            "  \(inspection.severity(of: finding) == .problem ? "problem" : "advice"): \(finding.advised)"
        }
        let size = inspection.sizeAdvice.map { ["  advice: \($0)"] } ?? []
        return [verdict] + problems + findings + size + (remedy.map { ["  fix it: \($0)"] } ?? [])
    }
}
