import CommandArguments
import QuickCommands

/// The options that start a handler for the calls.
struct StartArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            What a shell runs to start the handler, as in 'node server.js'. Calls are placed once it listens at the URL; after \
            them, or at Ctrl-C, it is ended with all that it has started. What it writes comes on standard error.
            """, valueName: "command"))
    var start: String?

    @Option(
        help: ArgumentHelp(
            "How long --start may take until the handler listens, in seconds (default: 10).", valueName: "seconds"))
    var wait: Double?

    func validate() throws {
        if let wait, !(wait > 0 && wait <= 3600) {
            throw ValidationError("--wait \(wait): must be over 0, and at most 3600 s")
        }
        if wait != nil, start == nil { throw ValidationError("--wait is for a handler that --start starts") }
        if let start, start.allSatisfy(\.isWhitespace) { throw ValidationError("--start: names no command") }
    }

    /// How long is waited until the handler listens.
    var patience: Duration { .seconds(wait ?? 10) }
}
