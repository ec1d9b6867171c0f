import CallFlows
import FlowFiles
import Logging
import RealTimeAPI
import Synchronization

/// Calls of flow files, and what is heard in them.
enum FlowCalls {
    /// What was asked.
    final class Asked: Sendable {
        let requests = Mutex<[String]>([])

        /// A network in which every request has the same answer.
        func network(_ answer: String, status: Int = 200) -> LookupSource {
            .network { method, address, fields, body, timeout in
                let header = fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
                self.requests.withLock {
                    $0.append("\(method) \(address) [\(header)] \(String(decoding: body, as: UTF8.self)) \(timeout)")
                }
                return (status, Array(answer.utf8))
            }
        }
    }

    static var request: Request {
        var request = Request()
        request.call = CallID(rawValue: 7)
        request.number = "+33612345678"
        request.callerNumber = "+33100000001"
        request.dateStarted = "2026-11-30 08:30:00"
        request.commandID = 0
        return request
    }

    static func host(_ yaml: String, _ lookups: LookupSource = .none) throws -> FlowHost {
        var options = FlowHostOptions()
        // What is tested is what is answered, not how busy the machine is.
        options.budget = .seconds(60)
        return FlowHost(
            try FlowFile(text: yaml, name: "f", lookups: lookups).flow,
            key: try JournalKey(secret: "a secret of the tests"), options: options,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What the answers play or are called, for a call of which each command has a result.
    static func heard(
        _ yaml: String, _ lookups: LookupSource = .none, _ results: [String] = [], _ first: Request = request
    ) async throws -> [String] {
        let host = try host(yaml, lookups)
        var request = first
        var heard: [String] = []
        for result in results + [""] {
            let answer = await host.respond(to: request)
            heard.append(summary(answer))
            request.command = answer.command?.name ?? ""
            request.commandID = answer.commandID
            request.commandResult = ResultText(result)
            request.variables = answer.variables ?? request.variables
        }
        return heard
    }

    static func summary(_ answer: Response) -> String {
        switch answer.command {
        case .play(let play): if case .speech(let text, _) = play.media { return text }
        case .read(let read): return "read \(read.media.text) \(read.attempts)"
        default: break
        }
        return answer.command?.name ?? ""
    }
}
