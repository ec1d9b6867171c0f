import AgeCheck
import CallFlows
import CallScreening
import Glibc
import PINConference
import Survey
import Voicemail
import WebhookServer

// Serves one of the flows beside this folder: swift run sample-flows age-check

let flows = [ageCheck, callScreening, pinConference, survey, voicemail]
var words = CommandLine.arguments.dropFirst()
let name = words.popFirst()
guard let flow = flows.first(where: { $0.name == name }), let port = Int(words.popFirst() ?? "8080") else {
    print("usage: sample-flows \(flows.map(\.name).joined(separator: "|")) [PORT]")
    exit(64)
}
let host = FlowHost(flow, key: try .fromEnvironment())
var configuration = WebhookServerConfiguration()
configuration.port = port
let server = WebhookServer(
    configuration: configuration,
    onListening: { port in
        print("serving \(flow.name) on http://127.0.0.1:\(port)/")
        fflush(nil)
    },
    host.respond)
try await server.runUntilTerminated()
