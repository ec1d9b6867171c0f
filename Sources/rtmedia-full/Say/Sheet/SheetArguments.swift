import CommandArguments
import Files

/// The options for sheets of prompts.
struct SheetArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make the prompts of a table, in the folder of -o; only those that changed.", valueName: "file"),
        completion: .file())
    var sheet: String?

    @Flag(
        help:
            "Make nothing: list prompts that are missing, out of date, edited, too long or left over, and exit with 1 if there are any."
    )
    var check = false

    @Option(
        name: .customLong("flow"),
        help: ArgumentHelp(
            "A flow file: list the prompts that it does not use, and those that it lacks; may be repeated.",
            valueName: "file"),
        completion: .file())
    var flows: [String] = []

    @Option(
        help: ArgumentHelp("List prompts that are longer, in seconds, 0.1...86400 (default: 60).", valueName: "s"))
    var longest: Double?

    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("How many prompts to work on at a time (default: the number of cores).", valueName: "n"))
    var requestedJobs: Int?

    func validate() throws {
        if let longest, !(0.1...86_400).contains(longest) {
            throw ValidationError("--longest \(longest): must lie in 0.1...86400 s")
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
        ] where isUsed { throw ValidationError("\(name): needs --sheet") }
    }

    /// How many prompts to work on at a time: no more than there is memory for.
    var jobs: Int {
        let jobs = requestedJobs ?? ProcessorCount.usable
        return ProcessLimits.memoryLeft.map { min(jobs, max(1, $0 / Self.memoryPerJob)) } ?? jobs
    }

    /// What a thread takes, of which the stack and the heap are most, with a prompt of some minutes.
    private static let memoryPerJob = 96 << 20
}
