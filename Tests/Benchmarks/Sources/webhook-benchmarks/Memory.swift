import CallFlows
import Foundation
import RealTimeAPI

/// Prints what calls in progress take, each of which has heard a text, has a stored number, and is asked for a key.
func measureMemory(calls: Int) async throws {
    var options = FlowHostOptions()
    options.maximumCalls = calls
    let flow = CallFlow("memory", version: 1) { call in
        try await call.play(.say("Welcome."))
        let number = try await call.once("draw") { _ in Int.random(in: 1...9) }
        _ = try await call.read(.say("Which number am I thinking of?"), maxDigits: 1)
        try await call.play(.say("It is \(number)."))
    }
    let host = FlowHost(flow, key: try JournalKey(secret: JournalKey.newSecret()), options: options, logger: quiet)
    let before = try residentMegabytes()
    for number in 0..<calls {
        var request = Request()
        request.call = CallID(rawValue: UInt64(number))
        request.number = "+33612345678"
        request.callerNumber = "+33612345679"
        let welcome = await host.respond(to: request)
        request.command = "play"
        request.commandID = welcome.commandID
        request.commandResult = ResultText("0")
        request.variables = welcome.variables ?? .emptyObject
        let question = await host.respond(to: request)
        precondition(question.command?.name == "read")
    }
    precondition(host.callCount == calls)
    let after = try residentMegabytes()
    print("\(calls) calls in progress: \(Int(after - before)) MB more, \(Int(after)) MB in all")
}

private func residentMegabytes() throws -> Double {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }!
    return Double(line.filter(\.isNumber))! * 1024 / 1e6
}
