import CallFlows
import CommandArguments
import CoreMetrics
import FlowFiles
import Logging
import QuickCommands
import WebhookServer

/// `rtmedia serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a flow file as a webhook; without one a demo that says hello, reads a key and plays a file.",
        discussion: """
            A flow file is a phone menu in YAML; rtmedia-flow(5), or the article Flow files of the documentation, is the \
            reference.

            POST / takes the platform's requests, GET /health answers while the server runs, GET /metrics shows its counters. \
            The journal of a call travels in its variables: any number of servers with the same secret and the same flow \
            serve the same calls, and may be restarted at any moment.

            SIGHUP reads the flow file, the certificate and the key again; calls in progress stay with the version that they \
            began with, and a file with errors changes nothing. SIGTERM answers the requests in progress, then stops.

            Secrets are in the environment, not in the command line: RTMEDIA_SECRET, or the file that RTMEDIA_SECRET_FILE \
            names, authenticates the journals (by default a file that only you can read, made on first use); RTMEDIA_LOGIN \
            and RTMEDIA_PASSWORD are the platform's login (by default everybody is let in).
            """
    )

    @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml"]))
    var flow: String?

    @Flag(help: "Only check the flow file. Exits with 65 if there is an error in it.")
    var check = false

    @Flag(help: "Report what is found as JSON, with --check.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "With --check: a folder that stands in for the Media Library, 42.wav for the media 42, so that it is known how long media play.",
            valueName: "folder"),
        completion: .directory)
    var media: String?

    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on, 0...65535; 0 for one that is free.", valueName: "number"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            """
            The memory of the process, 256...1048576 MB, not counting the flow's audio: beyond it, long requests are refused \
            for now, and calls continue from their journals.
            """, valueName: "megabytes"))
    var memory = MemoryPlan.standard

    @Option(
        help: ArgumentHelp(
            "The most connections; beyond that, idle ones are closed. By default 4096, or what half of the memory has room for.",
            valueName: "number"))
    var maxConnections: Int?

    @OptionGroup(title: "ACCESS") var access: AccessArguments

    @OptionGroup(title: "LOOK-UPS") var lookups: LookupArguments

    @Option(
        help: ArgumentHelp("The audio file that the demo plays (default: a chime).", valueName: "file"),
        completion: .file())
    var audio: String?

    @Option(
        help: ArgumentHelp(
            "What is logged on standard error: info has a line for each event of a call, debug one for each request.",
            valueName: "level"))
    var logLevel = LogLevel.info

    func validate() throws {
        guard MemoryPlan.megabytes.contains(memory) else {
            throw ValidationError("--memory is \(memory); allowed are 256...1048576 MB")
        }
        let mostConnections = plan(connections: .max).maximumConnections
        if let maxConnections, !(1...mostConnections).contains(maxConnections) {
            let encrypted = access.isEncrypted ? " and TLS" : ""
            throw ValidationError(
                "--max-connections is \(maxConnections); with --memory \(memory)\(encrypted) allowed are 1...\(mostConnections)"
            )
        }
        guard (0...65_535).contains(port) else { throw ValidationError("--port is \(port); allowed are 0...65535") }
        if flow != nil, audio != nil { throw ValidationError("--audio is what the demo plays, not a flow file") }
        if flow == nil, check { throw ValidationError("--check needs a flow file") }
        if media != nil, !check { throw ValidationError("--media goes with --check") }
        if json, !check { throw ValidationError("--json goes with --check") }
    }

    func run() async throws {
        if let flow, check { return try await FlowCheck(file: flow, media: media).run(json: json) }
        let level = logLevel.level
        LoggingSystem.bootstrap { label in HarmlessLogHandler(label: label, level: level) }
        let metrics = MetricsRegistry()
        MetricsSystem.bootstrap(metrics)
        var configuration = WebhookServerConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.metrics = metrics
        configuration.credentials = try access.basicCredentials()
        configuration.metricsAreOpen = access.openMetrics
        configuration.tls = try access.identity()
        let plan = plan(connections: maxConnections ?? MemoryPlan.standardConnections)
        plan.apply(to: &configuration)
        let source = FlowSource(file: flow, audio: audio, lookups: try lookups.source())
        try await ServedFlow(source, key: try key(), configuration: configuration, memory: plan).run()
    }

    private func plan(connections: Int) -> MemoryPlan {
        MemoryPlan(megabytes: memory, connections: connections, isEncrypted: access.isEncrypted)
    }

    private func key() throws -> JournalKey {
        do throws(JournalKeyError) { return try JournalKey.fromEnvironment() } catch {
            Console.note("rtmedia: \(error)")
            throw ExitStatus.configuration
        }
    }
}

/// How much is logged.
enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error

    var level: Logger.Level {
        // Its levels have the same names.
        Logger.Level(rawValue: rawValue)!
    }
}
