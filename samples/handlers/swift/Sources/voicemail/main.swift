import CallFlows
import WebhookServer

// Serves the voicemail of the file beside this one: swift run voicemail [PORT]. The journals of calls are authenticated with
// RTMEDIA_SECRET, or with a file that is made on first use.
var configuration = WebhookServerConfiguration()
configuration.port = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 8080 : 8080
let host = FlowHost(voicemail, key: try .fromEnvironment())
let server = WebhookServer(
    configuration: configuration, onListening: { print("http://127.0.0.1:\($0)/") }, host.respond)
try await server.runUntilTerminated()
