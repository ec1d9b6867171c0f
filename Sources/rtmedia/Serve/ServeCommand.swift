import ArgumentParser
import CallFlows
import CoreMetrics
import Logging
import RealTimeProtocol
import WebhookServer

/// `rtmedia serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a webhook: a demo that says hello, reads a key, plays a file, and hangs up.",
        discussion: """
            POST / takes the platform's requests, GET /health says that it runs, GET /metrics shows what is counted. The \
            journal of a call travels in its variables: any number of servers with the same secret serve the same calls, \
            and may be restarted at any moment.

            The environment has what must not be in a command line: RTMEDIA_SECRET authenticates the journals (a file that \
            only you can read, made on first use, if it is not set); RTMEDIA_LOGIN and RTMEDIA_PASSWORD are what the \
            platform authenticates itself with (everybody is let in if they are not set).
            """
    )

    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on, 0...65535; 0 for one that is free.", valueName: "number"))
    var port = 8080

    @Option(
        help: ArgumentHelp("The audio file that the demo plays; a chime if there is none.", valueName: "file"),
        completion: .file())
    var audio: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is \(port); allowed are 0...65535") }
    }

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let metrics = MetricsRegistry()
        MetricsSystem.bootstrap(metrics)
        var configuration = WebhookServerConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.metrics = metrics
        configuration.credentials = try credentials()
        let flows = FlowHost(try DemoFlow.flow(audio: audio), key: try SecretFile.key())
        let (host, isOpen) = (host, configuration.credentials == nil)
        let server = WebhookServer(
            configuration: configuration,
            onListening: { port in
                Console.note("rtmedia: serving on http://\(host):\(port)/\(isOpen ? ", to everybody" : "")")
            }, flows.respond)
        do { try await server.runUntilTerminated() } catch {
            Console.note("rtmedia: can't listen on \(host), port \(port): \(error)")
            throw ExitStatus.unavailable
        }
    }

    private func credentials() throws -> BasicCredentials? {
        switch (Environment["RTMEDIA_LOGIN"], Environment["RTMEDIA_PASSWORD"]) {
        case (nil, nil): return nil
        case (let login?, let password?): return BasicCredentials(login: login, password: password)
        default: throw ValidationError("RTMEDIA_LOGIN and RTMEDIA_PASSWORD are set both, or neither")
        }
    }
}
