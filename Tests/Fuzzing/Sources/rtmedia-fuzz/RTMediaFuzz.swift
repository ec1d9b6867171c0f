import ArgumentParser
import Foundation

/// Converts damaged files of every format, or reads damaged texts, and fails if one crashes, hangs or takes too much memory.
@main
struct RTMediaFuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtmedia-fuzz",
        abstract: "Feeds damaged files and texts of every kind to rtmedia.",
        discussion: """
            Inputs follow from --seed and their index alone, so that a failure can be repeated. The exit code is 1 if an \
            input crashed, took longer than --patience or more than --max-memory, or gave a wrong result. With --texts the \
            inputs are flow files, scenarios, requests, answers, and what clients send to the server.

            ./make-seeds.sh /tmp/seeds
            swift run -c release rtmedia-fuzz --seeds /tmp/seeds --max-memory 256
            swift run -c release rtmedia-fuzz --seeds /tmp/seeds --texts --max-memory 512
            swift build -c release --sanitize=address --scratch-path .build-asan
            ASAN_OPTIONS=detect_leaks=0 .build-asan/release/rtmedia-fuzz --seeds /tmp/seeds
            swift run -c release rtmedia-fuzz --seeds /tmp/seeds --repro 4711 --save .
            """
    )

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("Run this one input here, and write it to the folder of --save.", valueName: "index"))
    var repro: Int?

    @Option(help: .private)
    var worker: Int?

    func run() throws {
        let seeds = try Seeds(folder: options.seeds)
        if let worker {
            try Worker(run: options, seeds: seeds).work(from: worker)
        } else if let repro {
            try reproduce(repro, seeds)
        } else if try !Supervisor(options, seeds: seeds).supervise() {
            throw ExitCode.failure
        }
    }

    private func reproduce(_ index: Int, _ seeds: Seeds) throws {
        let fuzzCase = options.fuzzCase(index, seeds: seeds)
        print("input \(index): \(fuzzCase.summary)\n\(fuzzCase.details)")
        if let folder = options.save { try fuzzCase.save(in: folder, index: index) }
        let start = ContinuousClock.now
        let outcome = try fuzzCase.run(in: FileManager.default.temporaryDirectory.path)
        print("\(outcome.name) after \(ContinuousClock.now - start)\(outcome.flaw.map { ", but \($0)" } ?? "")")
    }
}
