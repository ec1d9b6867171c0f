import ArgumentParser
import Files

/// The options that say what is told about the work.
struct ReportingArguments: ParsableArguments {
    @Flag(
        help: "Report as JSON, one object per file and line, on standard output (on standard error if data goes there)."
    )
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but errors.")
    var quiet = false

    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("How many files to work on at a time (default: the number of cores).", valueName: "n"))
    var requestedJobs: Int?

    func validate() throws {
        if let requestedJobs, !(1...1024).contains(requestedJobs) {
            throw ValidationError("--jobs \(requestedJobs): must lie in 1...1024")
        }
    }

    /// How many files to work on at a time.
    var jobs: Int { requestedJobs ?? ProcessorCount.usable }
}
