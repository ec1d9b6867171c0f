import ArgumentParser

/// The options of a run, which its workers get as well.
struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The folder that make-seeds.sh filled.", valueName: "folder"))
    var seeds: String

    @Option(help: "How many inputs to make.")
    var count = 100_000

    @Option(help: "The number that all inputs follow from.")
    var seed: UInt64 = 1

    @Option(help: "The input to begin with.")
    var from = 0

    @Option(help: "How many workers to run at once.")
    var jobs = 2

    @Option(help: ArgumentHelp("The most memory a worker may take, in MB; unbounded unless set.", valueName: "mb"))
    var maxMemory: Int?

    @Option(help: ArgumentHelp("How long one input may take, in seconds.", valueName: "seconds"))
    var patience = 5.0

    @Option(
        help: ArgumentHelp("For how many inputs there is ffmpeg, which takes 80 ms, in percent.", valueName: "percent")
    )
    var ffmpegShare = 3.0

    @Option(help: ArgumentHelp("A folder for the inputs that fail, with what their workers said.", valueName: "folder"))
    var save: String?

    @Flag(help: "Make texts rather than sound files.")
    var texts = false

    @Flag(help: "Keep the library's own limits (24 hours) rather than 30 seconds of result.")
    var ownLimits = false

    /// The options as a command line.
    var arguments: [String] {
        let run = ["--seeds", seeds, "--count", "\(count)", "--seed", "\(seed)", "--jobs", "\(jobs)"]
        return run + ["--ffmpeg-share", "\(ffmpegShare)"] + (ownLimits ? ["--own-limits"] : [])
            + (texts ? ["--texts"] : [])
    }

    /// One input of the run.
    func fuzzCase(_ index: Int, seeds: Seeds) -> any FuzzCase {
        if texts { return TextCase(seeds: seeds.texts, seed: seed, index: index) }
        return SoundCase(seeds: seeds, seed: seed, index: index, ffmpegShare: ffmpegShare, keepsLimits: ownLimits)
    }

    mutating func validate() throws {
        guard jobs > 0, count >= 0, from >= 0 else {
            throw ValidationError("--jobs, --count and --from can't be negative")
        }
    }
}
