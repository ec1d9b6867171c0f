import CallSimulation
import CommandArguments
import QuickCommands

/// The options that say how far a handler is explored.
struct ExploreArguments: ParsableArguments {
    @Flag(
        help: """
            Place a call for every way in which each command can end, and for a hang-up after it, the shortest paths first; \
            print each path on which the handler makes an error, answers late, or never ends the call.
            """)
    var explore = false

    @Option(
        help: ArgumentHelp(
            """
            The number of commands that are ended in every way; after them the caller only hangs up, or does nothing \
            (default: 8).
            """, valueName: "n"))
    var maxDepth: Int?

    @Option(help: ArgumentHelp("The most calls that are placed (default: 5000).", valueName: "n"))
    var maxCalls: Int?

    @Flag(
        help: """
            The handler keeps no state except variables: follow paths that lead to the same command with the same variables \
            only once.
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
