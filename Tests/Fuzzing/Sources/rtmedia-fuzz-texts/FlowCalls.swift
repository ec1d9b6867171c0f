import CallFlows
import FlowFiles
import Foundation
import FuzzRunner
import Logging
import RealTimeAPI

/// Calls that a flow file has, so that its texts, conditions and parameters are met.
enum FlowCalls {
    private static let results = ["", "1", "2", "1234", "TIMEOUT", "TALK", "SILENCE", "record-1", "0", "NOANSWER"]

    /// What is wrong with a flow's answers: one that the platform would refuse, or none within the budget.
    static func flaw(in file: FlowFile) -> String? {
        let done = DispatchSemaphore(value: 0)
        let found = Found()
        Task.detached {
            found.flaw = await call(file)
            done.signal()
        }
        done.wait()
        return found.flaw
    }

    /// What the task found; it is waited for before anybody looks.
    private final class Found: @unchecked Sendable { var flaw: String? }

    private static func call(_ file: FlowFile) async -> String? {
        guard let key = try? JournalKey(secret: String(repeating: "0123456789abcdef", count: 4)) else {
            return "no key"
        }
        var options = FlowHostOptions()
        options.budget = .milliseconds(500)
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        var random = SplitMix64(seed: UInt64(bitPattern: Int64(file.contentVersion)))
        for _ in 0..<3 {
            let host = FlowHost(file.flow, key: key, options: options, logger: logger)
            var request = Request()
            request.call = CallID(rawValue: random.next() >> 12)
            request.callerNumber = random.pick(["", "+33612345678", "\u{1B}[2J", "anonymous"])
            for _ in 0..<12 {
                let response = await host.respond(to: request)
                let findings = Response.validate(json: response.json)
                if let error = findings.first(where: { $0.severity == .error }) { return "the flow's answer: \(error)" }
                guard let command = response.command else { break }
                request.command = command.name
                request.commandID = response.commandID
                request.commandResult = ResultText(random.pick(results))
                request.commandError = random.once(in: 8) ? "failed" : ""
                request.variables = response.variables ?? .emptyObject
            }
        }
        return nil
    }
}
