package import ArgumentParser

/// The options of every run, which its workers get as well.
package struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder that make-seeds.sh filled.", valueName: "folder"))
    package var seeds: String

    @Option(help: "How many inputs to make.")
    var count = 100_000

    @Option(help: "The number that all inputs follow from.")
    package var seed: UInt64 = 1

    @Option(help: "The input to begin with.")
    var from = 0

    @Option(help: "How many workers to run at once.")
    var jobs = 2

    @Option(help: ArgumentHelp("The most memory a worker may take, in MB; unbounded unless set.", valueName: "mb"))
    var maxMemory: Int?

    @Option(help: ArgumentHelp("How long one input may take, in seconds.", valueName: "seconds"))
    var patience = 5.0

    @Option(help: ArgumentHelp("A folder for the inputs that fail, with what their workers said.", valueName: "folder"))
    var save: String?

    @Option(help: ArgumentHelp("Run this one input here, and write it to the folder of --save.", valueName: "index"))
    var repro: Int?

    @Option(help: .private)
    var worker: Int?

    package init() {}

    package mutating func validate() throws {
        guard jobs > 0, count >= 0, from >= 0 else {
            throw ValidationError("--jobs, --count and --from can't be negative")
        }
    }
}
