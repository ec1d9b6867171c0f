import ArgumentParser

/// The options that let faults befall the requests.
struct FaultArguments: ParsableArguments {
    @Flag(
        help: """
            Place calls (20, or --calls) whose requests arrive twice, in parts, damaged, or are asked again after a lost \
            answer, and print what the handler does wrong.
            """)
    var faults = false

    @Option(help: ArgumentHelp("Which faults: the same ones for the same number (default: 1).", valueName: "n"))
    var seed: UInt64?

    func validate() throws {
        if seed != nil, !faults { throw ValidationError("--seed needs --faults") }
    }
}
