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
            POST / takes the platform's requests, GET /health says that it runs, GET /metrics shows what is counted. The \
            journal of a call travels in its variables: any number of servers with the same secret and the same flow \
            serve the same calls, and may be restarted at any moment.

            SIGHUP reads the flow file, the certificate and the key again; calls in progress stay with the version that they \
            began with, and a file with errors changes nothing. SIGTERM answers what is in flight, then stops.

            The environment has what must not be in a command line: RTMEDIA_SECRET authenticates the journals (a file that \
            only you can read, made on first use, if it is not set); RTMEDIA_LOGIN and RTMEDIA_PASSWORD are what the \
            platform authenticates itself with (everybody is let in if they are not set).
            """
    )

    @Argument(help: "The flow file.", completion: .file(extensions: ["yaml", "yml"]))
    var flow: String?

    @Flag(help: "Only check the flow file. Exits with 65 if there is an error in it.")
    var check = false

    @Flag(help: "Report what is found as JSON, with --check.")
    var json = false

    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on, 0...65535; 0 for one that is free.", valueName: "number"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            """
            What the process may take, 256...1048576 MB, beside the flow's audio: long requests beyond that are refused for now, \
            and calls beyond it go on from their journals.
            """, valueName: "megabytes"))
    var memory = MemoryPlan.standard

    @Option(
        help: ArgumentHelp(
            "How many connections there may be; of more, those that are idle give way.", valueName: "number"))
    var maxConnections = MemoryPlan.standardConnections

    @OptionGroup(title: "WHO IS LET IN") var access: AccessArguments

    @OptionGroup(title: "WHAT A FLOW FILE LOOKS UP") var lookups: LookupArguments

    @Option(
        help: ArgumentHelp("The audio file that the demo plays; a chime if there is none.", valueName: "file"),
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
        let mostConnections = MemoryPlan(megabytes: memory, connections: .max).maximumConnections
        guard (1...mostConnections).contains(maxConnections) else {
            throw ValidationError(
                "--max-connections is \(maxConnections); with --memory \(memory) allowed are 1...\(mostConnections)")
        }
        guard (0...65_535).contains(port) else { throw ValidationError("--port is \(port); allowed are 0...65535") }
        if flow != nil, audio != nil { throw ValidationError("--audio is what the demo plays, not a flow file") }
        if flow == nil, check { throw ValidationError("--check needs a flow file") }
        if json, !check { throw ValidationError("--json goes with --check") }
    }

    func run() async throws {
        if let flow, check { return try FlowCheck(file: flow).run(json: json) }
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
        plan.apply(to: &configuration)
        let source = FlowSource(file: flow, audio: audio, lookups: try lookups.source())
        try await ServedFlow(source, key: try key(), configuration: configuration, memory: plan).run()
    }

    private var plan: MemoryPlan { MemoryPlan(megabytes: memory, connections: maxConnections) }

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
