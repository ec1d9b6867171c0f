import ArgumentParser
import FuzzRunner

/// Converts damaged files of every format, made from seeds, and fails if one crashes, hangs or takes too much memory.
@main
struct RTMediaFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtmedia-fuzz",
        abstract: "Feeds damaged files of every format to rtmedia.",
        discussion: """
            Inputs follow from --seed and their index alone, so that a failure can be repeated. The exit code is 1 if an \
            input crashed the converter, took longer than --patience or more than --max-memory, or gave a wrong result.

            ./make-seeds.sh /tmp/seeds
            swift run -c release rtmedia-fuzz --seeds /tmp/seeds --max-memory 256
            swift build -c release --product rtmedia-fuzz --sanitize=address --scratch-path .build-asan
            ASAN_OPTIONS=detect_leaks=0 .build-asan/release/rtmedia-fuzz --seeds /tmp/seeds
            swift run -c release rtmedia-fuzz --seeds /tmp/seeds --repro 4711 --save .
            """
    )

    @OptionGroup var options: RunOptions

    @Option(
        help: ArgumentHelp("For how many inputs there is ffmpeg, which takes 80 ms, in percent.", valueName: "percent")
    )
    var ffmpegShare = 3.0

    @Flag(help: "Keep the library's own limits (24 hours) rather than 30 seconds of result.")
    var ownLimits = false

    func run() throws {
        let seeds = try Seeds(folder: options.seeds)
        let arguments = ["--ffmpeg-share", "\(ffmpegShare)"] + (ownLimits ? ["--own-limits"] : [])
        try FuzzRun(options, arguments: arguments) { [seed = options.seed, ffmpegShare, ownLimits] index in
            SoundCase(seeds: seeds, seed: seed, index: index, ffmpegShare: ffmpegShare, keepsLimits: ownLimits)
        }.run()
    }
}
