import AudioConversion
import CallFlows
import CallSimulation
import CommandArguments
import FlowFiles
import Presentation
import QuickCommands
import RealTimeAPI

/// `rtmedia serve --check`: what is wrong with a flow file, on standard output.
struct FlowCheck {
    let file: String
    /// The folder that stands in for the Media Library; nil if none does.
    let media: String?

    /// - Throws: the exit code, if there is an error.
    func run(json: Bool) async throws {
        Console.silenceLibraries()
        try FlowSource.expectFile(file)
        if let media, !InputFinder.isDirectory(media) {
            Console.note("rtmedia: \(media): is not a folder")
            throw ExitStatus.noInput
        }
        do throws(FlowFileError) {
            let flow = try FlowFile.load(path: file)
            let sounds = Sounds(folder: media, synthesizer: callerVoices())
            let findings = flow.findings + (await flow.findings { await sounds.length(of: $0) })
            if json {
                Console.data(jsonLine(Record(file: file, flow, findings)))
            } else {
                for finding in findings { Console.data("\(finding)") }
                Console.data("\(file): \(findings.isEmpty ? "no findings" : "no errors"): \(Self.summary(flow))")
            }
        } catch {
            for finding in error.findings where !json { Console.data("\(finding)") }
            if json { Console.data(jsonLine(Record(file: file, error))) }
            try Console.checkData()
            throw ExitStatus.badData
        }
        try Console.checkData()
    }

    /// As in `age-check (version 1, 5 steps, 1 audio file)`.
    static func summary(_ file: FlowFile) -> String {
        let steps = counted(file.steps.count, "step")
        let audio = file.audio.isEmpty ? "" : ", \(counted(file.audio.count, "audio file"))"
        return "\(file.flow.name) (version \(file.flow.version), \(steps)\(audio))"
    }
}

extension FlowCheck {
    /// A check in JSON.
    private struct Record: Encodable {
        struct Item: Encodable {
            let severity: String
            let line: Int
            let column: Int
            let message: String
        }

        let file: String
        let ok: Bool
        let findings: [Item]
        var flow: String?
        var version: Int?
        var steps: [String]?
        var audio: [String]?

        init(file: String, _ flow: FlowFile, _ findings: [FlowFinding]) {
            self.init(file: file, ok: true, findings)
            self.flow = flow.flow.name
            version = flow.flow.version
            steps = flow.steps
            audio = flow.audio
        }

        init(file: String, _ error: FlowFileError) { self.init(file: file, ok: false, error.findings) }

        private init(file: String, ok: Bool, _ findings: [FlowFinding]) {
            self.file = file
            self.ok = ok
            self.findings = findings.map {
                Item(severity: $0.severity.rawValue, line: $0.line, column: $0.column, message: $0.message)
            }
        }
    }
}
