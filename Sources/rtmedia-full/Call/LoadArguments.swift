import CallSimulation
import CommandArguments
import QuickCommands

/// The options that make many calls of one.
struct LoadArguments: ParsableArguments {
    @Option(help: ArgumentHelp("Place this many calls, and print how fast the handler answers.", valueName: "n"))
    var calls: Int?

    @Option(
        help: ArgumentHelp(
            "The most calls in progress at a time (default: 8; with --rate 1000).", valueName: "n"))
    var concurrency: Int?

    @Option(
        help: ArgumentHelp(
            """
            Start this many calls a second, whether earlier ones have ended or not. The time that a call waits for its turn \
            is part of its first answer.
            """, valueName: "n"))
    var rate: Double?

    func validate() throws {
        if let calls, calls < 1 { throw ValidationError("--calls \(calls): must be 1 or more") }
        if let concurrency, !(1...10_000).contains(concurrency) {
            throw ValidationError("--concurrency \(concurrency): must lie in 1...10000")
        }
        if let rate, !(rate > 0 && rate <= 1_000_000) {
            throw ValidationError("--rate \(rate): must be over 0 and 1000000 at the most")
        }
        if calls == nil, concurrency != nil || rate != nil {
            throw ValidationError("--concurrency and --rate need --calls, the number of calls")
        }
    }

    /// What is asked for; nil for one call.
    var plan: LoadPlan? {
        calls.map { LoadPlan(calls: $0, concurrency: concurrency ?? (rate == nil ? 8 : 1000), rate: rate) }
    }
}
