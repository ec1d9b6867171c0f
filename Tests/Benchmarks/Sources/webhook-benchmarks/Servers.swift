import CallFlows
import Foundation
import Logging
import RealTimeAPI
import WebhookServer

/// What is measured: each prints its address and serves until it is killed.
let servers: [String: @Sendable () async throws -> Void] = [
    "handler": {
        try await serve { request in
            let media = Media.speech("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY")
            let read = Read(media, maximumDigits: 1, attempts: 1, timeout: .milliseconds(4000))
            return Response(.read(read), commandID: request.commandID, variables: request.variables)
        }
    },
    // A call asks for a key, plays a text, and is over, as that of sealed.go.
    "flow": {
        var options = FlowHostOptions()
        options.maximumCalls = 1000
        let flow = CallFlow("benchmark", version: 1) { call in
            _ = try await call.read(
                .say("Bonjour, appuyez sur étoile", voice: "TTS_FR-FR_AUDREY"), maxDigits: 1, attempts: 1,
                timeout: .milliseconds(4000))
            try await call.play(.say("Merci", voice: "TTS_FR-FR_AUDREY"))
        }
        let host = FlowHost(
            flow, key: try JournalKey(secret: JournalKey.newSecret()), options: options, logger: quiet)
        try await serve { request in await host.respond(to: request) }
    },
]

/// A line for each call is not what is measured.
let quiet = Logger(label: "quiet") { _ in SwiftLogNoOpLogHandler() }

private func serve(_ handler: @escaping WebhookServer.Handler) async throws {
    var configuration = WebhookServerConfiguration()
    configuration.port = 0
    let server = WebhookServer(
        configuration: configuration,
        onListening: { port in
            print("127.0.0.1:\(port)")
            fflush(nil)
        }, handler)
    try await server.runUntilTerminated()
}
