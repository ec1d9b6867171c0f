package import CommandArguments
import Files

/// The options that say what is told about the work.
package struct ReportingArguments: ParsableArguments {
    @Flag(
        help: "Report as JSON, one object per file and line, on standard output (on standard error if data goes there)."
    )
    package var json = false

    @Flag(name: .shortAndLong, help: "Print only errors.")
    package var quiet = false

    @Option(
        name: .customLong("jobs"),
        help: ArgumentHelp("How many files to work on at a time (default: the number of cores).", valueName: "n"))
    package var requestedJobs: Int?

    package init() {}

    package func validate() throws {
        if let requestedJobs, !(1...1024).contains(requestedJobs) {
            throw ValidationError("--jobs \(requestedJobs): must lie in 1...1024")
        }
    }

    /// How many files to work on at a time.
    package var jobs: Int { requestedJobs ?? ProcessorCount.usable }
}
