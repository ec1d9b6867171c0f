import ArgumentParser
import FuzzRunner

/// Reads damaged texts from outside, made from seeds, and fails if one crashes, hangs or takes too much memory.
@main
struct RTMediaFuzzTexts: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtmedia-fuzz-texts",
        abstract: "Feeds damaged flow files, scenarios, requests, answers, and connections to rtmedia.",
        discussion: """
            Texts follow from --seed and their index alone, so that a failure can be repeated. Flows are called, scenarios are \
            written and read again, and what clients send goes to a server, which has to answer others afterwards. The exit \
            code is 1 if a text crashed the reader, took longer than --patience or more than --max-memory, or had a wrong result.

            ./make-seeds.sh /tmp/seeds
            swift run -c release rtmedia-fuzz-texts --seeds /tmp/seeds --max-memory 512
            """
    )

    @OptionGroup var options: RunOptions

    func run() throws {
        let folder = options.seeds
        let seeds = Dictionary(
            uniqueKeysWithValues: try TextKind.allCases.map { ($0, try Seed.load("\(folder)/texts/\($0.rawValue)")) })
        try FuzzRun(options) { [seed = options.seed] index in TextCase(seeds: seeds, seed: seed, index: index) }.run()
    }
}
