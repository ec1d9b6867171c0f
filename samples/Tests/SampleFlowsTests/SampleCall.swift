import CallFlows
import Logging
import RealTimeAPI
import Testing

/// A call through a flow: what the platform reports, turn by turn.
struct SampleCall: Sendable, CustomTestStringConvertible {
    let flow: CallFlow
    /// The result of each command, or `!` and an error.
    let results: [String]
    /// What is to be heard, as texts or commands' names.
    let expected: [String]
    var testDescription: String { "\(flow.name) \(results)" }

    /// The answers of all turns, the last one to the caller's end; `host` gives the instance that takes a turn.
    func answers(_ host: (Int) -> FlowHost) async throws -> [Response] {
        try await answers { request, turn in await host(turn).respond(to: request) }
    }

    /// The answers of all turns, from whatever gives them.
    @discardableResult func answers(
        id: UInt64 = 421_889, app: String = "", _ respond: (Request, _ turn: Int) async throws -> Response
    ) async throws -> [Response] {
        var request = Request()
        request.app = app
        request.call = CallID(rawValue: id)
        request.number = "+33612345678"
        request.commandID = 0
        request.variables = try JSONText(#"{"customer":"é 4711"}"#)
        var answers: [Response] = []
        for (turn, result) in (results + [""]).enumerated() {
            let answer = try await respond(request, turn)
            answers.append(answer)
            request.command = answer.command?.name ?? ""
            request.commandID = answer.commandID
            request.commandError = result.hasPrefix("!") ? String(result.dropFirst()) : ""
            request.commandResult = ResultText(result.hasPrefix("!") ? "" : result)
            request.variables = answer.variables ?? request.variables
        }
        request.status = .hangup
        answers.append(try await respond(request, results.count + 1))
        return answers
    }

    /// A host that logs nothing.
    func newHost() -> FlowHost {
        var options = FlowHostOptions()
        options.audioFolder = samplesFolder
        return FlowHost(
            flow, key: try! JournalKey(secret: testSecret), options: options,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What a caller notices of an answer: a text that is said, or the command's name.
    static func summary(_ response: Response) -> String {
        guard let command = response.command else { return "" }
        let media: Media? =
            switch command {
            case .play(let play): play.media
            case .read(let read): read.media
            case .playTalkDetect(let detect): detect.media
            default: nil
            }
        if case .speech(let text, _)? = media { return text }
        return command.name
    }
}

/// The folder of this package.
let samplesFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

/// What all journals are authenticated with, here and in the programs that are started.
let testSecret = "a secret of the tests"
