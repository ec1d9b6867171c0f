import AudioConversion
import CommandArguments
import Files
import Presentation
import RealTimeAPI
import TelephonyAudio

/// `rtmedia validate`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check whether the platform accepts a handler's answer, and if not, why.",
        discussion: """
            Reads responses, or requests, as JSON or as lines of JSON. Prints each finding with the JSON Pointer of its \
            field. Exits with 0 if there is no error, with 65 if there is one; warnings alone do not count.
            """
    )

    @Argument(help: "Files with JSON; - is standard input, which is read if no file is named.", completion: .file())
    var files: [String] = ["-"]

    @Flag(help: "Validate requests, which the platform sends, instead of responses.")
    var request = false

    @Option(
        help: ArgumentHelp(
            "A folder that stands in for the Media Library, with 42.wav for the media 42; warns where media end before the analysis time of play_talk_detect.",
            valueName: "folder"),
        completion: .directory)
    var media: String?

    @Flag(help: "Report as JSON, one object per message and line.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print only errors.")
    var quiet = false

    func run() throws {
        if let media, !InputFinder.isDirectory(media) {
            Console.note("rtmedia: \(media): is not a folder")
            throw ExitStatus.noInput
        }
        var failure: ExitCode?
        for file in files {
            do throws(ConversionError) {
                try MessageFile(file).forEach { message in
                    if validate(message) { failure = failure ?? ExitStatus.badData }
                }
            } catch {
                failure = failure ?? ExitStatus.code(for: error)
                if json {
                    Console.data(jsonLine(FailureRecord(error, result: "failed")))
                } else {
                    Console.note("rtmedia: \(error)")
                }
            }
        }
        try Console.checkData()
        if let failure { throw failure }
    }

    /// Tells the findings on a message, and whether there is an error among them.
    private func validate(_ message: MessageFile.Message) -> Bool {
        let findings =
            request
            ? Request.validate(json: message.bytes)
            : Response.validate(json: message.bytes) + [mediaFinding(message)].compactMap(\.self)
        let isRefused = findings.contains { $0.severity == .error }
        if json {
            Console.data(jsonLine(ValidateRecord(message, findings, isRefused: isRefused)))
            return isRefused
        }
        for finding in findings where finding.severity == .error || !quiet {
            Console.data("\(message.place): \(finding.severity.rawValue): \(finding)")
        }
        if findings.isEmpty, !quiet { Console.data("\(message.place): ok") }
        return isRefused
    }
}

extension ValidateCommand {
    /// What to know of media that are over before the command has listened as long as it should, where that is known.
    private func mediaFinding(_ message: MessageFile.Message) -> Finding? {
        guard let media, let response = try? Response(json: message.bytes),
            case .playTalkDetect(let play) = response.command, case .library(let id) = play.media,
            let path = Folder.file(called: "\(id)", in: media),
            // Of what is no audio nothing is known.
            let length = try? AudioConverter().convert(.file(path), { _ in }).duration
        else { return nil }
        return play.finding(aboutMediaLasting: length)
    }
}

/// A validation in JSON.
private struct ValidateRecord: Encodable {
    struct Item: Encodable {
        let severity: String
        let pointer: String
        let message: String
    }

    let file: String
    let line: Int?
    let ok: Bool
    let findings: [Item]

    init(_ message: MessageFile.Message, _ findings: [Finding], isRefused: Bool) {
        file = message.file
        line = message.line
        ok = !isRefused
        self.findings = findings.map { Item(severity: $0.severity.rawValue, pointer: $0.pointer, message: $0.message) }
    }
}
