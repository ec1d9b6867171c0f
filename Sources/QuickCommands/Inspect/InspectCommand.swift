import AudioConversion
import CommandArguments
import ParallelWork
import TelephonyAudio

/// `rtmedia inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell whether audio is what the platform wants, and if not, why, and the command that mends it.",
        discussion: """
            Looks at the header to the byte, and listens for clipping, offset, level and silence. Exits with 0 if the \
            platform plays every file as it is, with 65 if not; advice alone does not count.
            """
    )

    @Argument(help: "Files or folders with audio; - is standard input.", completion: .file())
    var inputs: [String]

    @Option(help: .headerless, completion: .headerless, transform: parseRaw)
    var raw: HeaderlessFormat?

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func run() throws {
        let inputs = InputFinder.find(inputs)
        Console.silenceLibraries()
        let inspector = AudioInspector(raw: raw)
        var reporter = BatchReporter(count: inputs.count, verb: "inspect", options: .inspect, reporting: reporting)
        var accepted = 0
        var refused = 0
        parallelMap(inputs, jobs: reporting.jobs) { input in
            BatchOutcome(input) { () throws(ConversionError) in try inspector.inspect(input.source) }
        } deliver: { index, outcome in
            reporter.report(outcome) { inspection, reporter in
                let remedy = Remedy(inspection, path: inputs[index].path, raw: raw)
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
        return [verdict] + problems + findings + size + (remedy.map { ["  mend it: \($0)"] } ?? [])
    }
}

extension Inspection {
    /// What is unusual about the size, if the platform is to be sent the audio itself.
    fileprivate var sizeAdvice: String? { WrittenForm.sizeWarning(base64ByteCount: base64ByteCount) }
}

/// An inspection in JSON.
private struct InspectRecord: Encodable {
    struct Finding: Encodable {
        let severity: Inspection.Finding.Severity
        let text: String
    }

    let file: String
    let ok: Bool
    let container: String
    let encoding: String
    let sampleRate: Int
    let channels: Int
    let durationMs: Double
    let peakDbfs: Double?
    let activeLevelDbov: Double?
    let offset: Double
    let leadingSilenceMs: Double
    let trailingSilenceMs: Double
    let clippedRuns: Int
    let payloadBytes: Int
    let findings: [Finding]
    let remedy: String?

    init(_ inspection: Inspection, _ remedy: Remedy?) {
        file = inspection.file
        ok = inspection.isAccepted
        container = inspection.container
        encoding = inspection.encoding
        sampleRate = inspection.sampleRate
        channels = inspection.channels
        durationMs = inspection.duration / .milliseconds(1)
        peakDbfs = inspection.peak
        activeLevelDbov = inspection.activeLevel?.dBov
        offset = inspection.offset
        leadingSilenceMs = inspection.leadingSilence / .milliseconds(1)
        trailingSilenceMs = inspection.trailingSilence / .milliseconds(1)
        clippedRuns = inspection.clippedRuns
        payloadBytes = inspection.base64ByteCount
        findings =
            inspection.formatProblems.map { Finding(severity: .problem, text: $0) }
            + inspection.formatAdvice.map { Finding(severity: .advice, text: $0) }
            + inspection.findings.map { Finding(severity: inspection.severity(of: $0), text: $0.advised) }
            + (inspection.sizeAdvice.map { [Finding(severity: .advice, text: $0)] } ?? [])
        self.remedy = remedy?.description
    }
}
