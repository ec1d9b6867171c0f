import CallSimulation
import CommandArguments
import QuickCommands

/// The options that say how far a handler is explored.
struct ExploreArguments: ParsableArguments {
    @Flag(
        help: """
            Place a call for every way for each command to end, with a hang-up after it, the shortest first, and print \
            each path on which the handler errs, answers late, or never ends the call.
            """)
    var explore = false

    @Option(
        help: ArgumentHelp(
            """
            After how many commands, each ended in every way, the caller only hangs up, or does nothing any more \
            (default: 8).
            """, valueName: "n"))
    var maxDepth: Int?

    @Option(help: ArgumentHelp("How many calls are placed at the most (default: 5000).", valueName: "n"))
    var maxCalls: Int?

    @Flag(
        help: """
            The handler keeps nothing but variables: follow what leads to the same command with the same variables only \
            once.
            """)
    var stateless = false

    func validate() throws {
        if let maxDepth, !(1...100).contains(maxDepth) {
            throw ValidationError("--max-depth \(maxDepth): must lie in 1...100")
        }
        if let maxCalls, !(1...1_000_000).contains(maxCalls) {
            throw ValidationError("--max-calls \(maxCalls): must lie in 1...1000000")
        }
        if !explore, maxDepth != nil || maxCalls != nil || stateless {
            throw ValidationError("--max-depth, --max-calls and --stateless need --explore")
        }
    }

    /// How far a handler is explored.
    ///
    /// - Parameter keys: rows of keys that callers press as well.
    func bounds(keys: [String]) -> ExplorationBounds {
        var bounds = ExplorationBounds()
        bounds.maximumDepth = maxDepth ?? bounds.maximumDepth
        bounds.maximumCalls = maxCalls ?? bounds.maximumCalls
        bounds.isStateless = stateless
        bounds.keys = keys
        return bounds
    }
}
