import CallFlows
import FlowFiles
import Glibc
import RealTimeAPI
import SampleFlows
import WebhookServer

// Serves one of the flows of the folder above, or all of them; then the request's app names the flow. In the folder samples:
// swift run sample-flows age-check

/// A call whose app is none of the flows is hung up.
struct UnknownFlow: Error {}

var flows = [ageCheck, callScreening, pinConference, survey, voicemail].reduce(into: [:]) { $0[$1.name] = $1 }
let lookups = LookupSource.network(try LookupClient().exchange)
for file in ["age-check.yaml", "callback.yaml", "voicemail.yaml"] {
    flows[file] = try FlowFile.load(path: "flows/\(file)", lookups: lookups).flow
}

var words = CommandLine.arguments.dropFirst()
let name = words.popFirst() ?? ""
guard name == "all" || flows[name] != nil, let port = Int(words.popFirst() ?? "8080") else {
    print("usage: sample-flows all|\(flows.keys.sorted().joined(separator: "|")) [PORT]")
    exit(64)
}
let key = try JournalKey.fromEnvironment()
let hosts = flows.filter { name == "all" || name == $0.key }.mapValues { FlowHost($0, key: key) }
var configuration = WebhookServerConfiguration()
configuration.port = port
let server = WebhookServer(
    configuration: configuration,
    onListening: { port in
        print("serving \(name) on http://127.0.0.1:\(port)/")
        fflush(nil)
    }
) { request in
    guard let host = hosts[name] ?? hosts[request.app] else { throw UnknownFlow() }
    return await host.respond(to: request)
}
try await server.runUntilTerminated()
