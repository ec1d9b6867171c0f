import ArgumentParser
import AudioConversion
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

    @Option(
        help: ArgumentHelp(
            "Read the input as headerless audio, whatever it looks like, as in ulaw:8000:1.",
            valueName: "format:rate:channels"),
        transform: parseRaw)
    var raw: HeaderlessFormat?

    @OptionGroup(title: "REPORTING") var reporting: ReportingArguments

    func run() throws {
        let inputs = InputFinder.find(inputs)
        Console.silenceLibraries()
        let inspector = AudioInspector(raw: raw)
        guard !inputs.isEmpty else {
            Console.note("rtmedia: nothing to inspect: the folder is empty")
            throw ExitStatus.noInput
        }
        var progress = ProgressLine(isShown: !reporting.quiet && !reporting.json)
        var accepted = 0
        var refused = 0
        var passedOver = 0
        var failure: ExitCode?
        parallelMap(inputs, jobs: reporting.jobs) { input in
            inspect(input, inspector)
        } deliver: { index, outcome in
            switch outcome {
            case .inspected(let inspection):
                if inspection.isAccepted { accepted += 1 } else { refused += 1 }
                progress.clear()
                if reporting.json { Console.data(jsonLine(InspectRecord(inspection))) } else { tell(inspection) }
            case .failed(let error):
                failure = failure ?? ExitStatus.code(for: error)
                if reporting.json {
                    Console.data(jsonLine(FailureRecord(error, result: "failed")))
                } else {
                    progress.note("rtmedia: \(error)")
                }
            case .passedOver(let error):
                passedOver += 1
                if !reporting.quiet, !reporting.json { progress.note("\(error); passed over") }
            }
            progress.show(Double(index + 1) / Double(inputs.count), "\(index + 1)/\(inputs.count) files")
        }
        progress.clear()
        if inputs.count > 1, !reporting.quiet, !reporting.json {
            Console.note("\(accepted) of \(inputs.count - passedOver) files can be played as they are")
        }
        try Console.checkData()
        if let failure { throw failure }
        if refused > 0 { throw ExitStatus.badData }
    }

    private func tell(_ inspection: Inspection) {
        if reporting.quiet, inspection.isAccepted { return }
        let level = inspection.activeLevel.map { ", \($0)" } ?? ""
        let channels =
            inspection.channels == 1 ? "mono" : inspection.channels == 2 ? "stereo" : "\(inspection.channels) channels"
        let format = "\(inspection.container), \(inspection.encoding), \(inspection.sampleRate) Hz, \(channels)"
        let seconds = Double(Int((inspection.duration / .milliseconds(10)).rounded())) / 100
        Console.data("\(inspection.file): \(inspection.isAccepted ? "ok" : "NOT OK") (\(format), \(seconds) s\(level))")
        for finding in inspection.findings {
            Console.data("  \(finding.severity == .problem ? "problem" : "advice"): \(finding.text)")
        }
        if let remedy = inspection.remedy { Console.data("  mend it: \(remedy)") }
    }
}

private enum InspectOutcome: Sendable {
    case inspected(Inspection)
    case failed(ConversionError)
    case passedOver(ConversionError)
}

private func inspect(_ input: FoundInput, _ inspector: AudioInspector) -> InspectOutcome {
    let source: AudioSource = input.path == "-" ? .descriptor(0, name: "standard input") : .file(input.path)
    do throws(ConversionError) { return .inspected(try inspector.inspect(source)) } catch {
        return error.code == .notAudio && input.isWalked ? .passedOver(error) : .failed(error)
    }
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

    init(_ inspection: Inspection) {
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
        payloadBytes = inspection.payloadByteCount
        findings = inspection.findings.map { Finding(severity: $0.severity, text: $0.text) }
        remedy = inspection.remedy
    }
}
