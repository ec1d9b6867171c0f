import CommandArguments
import Files

/// The options for sheets of prompts.
struct SheetArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make all prompts of a table, in the folder of -o; only what has changed.", valueName: "file"),
        completion: .file())
    var sheet: String?

    @Flag(
        help:
            "Make nothing: tell what is missing, old, changed by hand, too long or left over, and exit with 1 if there is any."
    )
    var check = false

    @Option(
        name: .customLong("flow"),
        help: ArgumentHelp(
            "A flow file: tell which prompts it does not use, and which it lacks; may be repeated.", valueName: "file"),
        completion: .file())
    var flows: [String] = []

    @Option(help: ArgumentHelp("Tell of prompts that are longer, in seconds (default: 60).", valueName: "s"))
    var longest: Int?

    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("How many prompts to work on at a time (default: the number of cores).", valueName: "n"))
    var requestedJobs: Int?

    func validate() throws {
        if let longest, !(1...86_400).contains(longest) {
            throw ValidationError("--longest \(longest): must lie in 1...86400 s")
        }
        if let requestedJobs, !(1...1024).contains(requestedJobs) {
            throw ValidationError("--jobs \(requestedJobs): must lie in 1...1024")
        }
    }

    /// - Throws: a `ValidationError` for what says nothing without a sheet.
    func checkUnused() throws {
        for (name, isUsed) in [
            ("--check", check), ("--flow", !flows.isEmpty), ("--longest", longest != nil),
            ("--jobs", requestedJobs != nil),
        ] where isUsed { throw ValidationError("\(name): goes with --sheet") }
    }

    /// How many prompts to work on at a time.
    var jobs: Int { requestedJobs ?? ProcessorCount.usable }
}
