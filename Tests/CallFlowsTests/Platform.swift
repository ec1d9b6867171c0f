import CallFlows
import Logging
import RealTimeAPI

/// The platform's side of one call: makes the request that follows an answer.
struct Platform {
    var request: Request

    init(call: UInt64 = 421_889, variables: String = "{}", status: CallStatus = .up) throws {
        request = Request()
        request.app = "4346423A"
        request.call = CallID(rawValue: call)
        request.number = "+33612345678"
        request.status = status
        request.commandID = 0
        request.variables = try JSONText(variables)
    }

    /// Makes the request that reports an answer's command.
    mutating func report(_ result: String, error: String = "", after response: Response) {
        request.command = response.command?.name ?? ""
        request.commandID = response.commandID
        request.commandResult = ResultText(result)
        request.commandError = error
        request.status = .up
        if let variables = response.variables { request.variables = variables }
    }

    /// Makes the request that reports the end of the call.
    mutating func hangUp(_ status: CallStatus = .hangup, result: String = "", after response: Response) {
        report(result, after: response)
        request.status = status
    }
}

extension Response {
    /// The command's name; empty when nothing is to be done.
    var name: String { command?.name ?? "" }

    var text: String { String(decoding: json, as: UTF8.self) }
}

let testKey = try! JournalKey(secret: "a secret of the tests")

extension FlowHost {
    /// A host that logs nothing.
    convenience init(
        quiet flow: CallFlow, key: JournalKey = testKey, options: FlowHostOptions = FlowHostOptions(),
        clock: (any Clock<Duration>)? = nil
    ) {
        var options = options
        // Time passes only where a test lets it, however busy the machine is.
        if clock == nil { options.budget = .seconds(3600) }
        let clock = clock ?? ContinuousClock()
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        self.init(flow, key: key, options: options, logger: logger, clock: clock)
    }
}
