import ArgumentParser
import Foundation
import SpeechSynthesis
import Synchronization

/// Has hostile texts and markup spoken, and fails if one crashes or hangs the worker, or makes it open or start anything.
@main
struct RTMediaFuzzSpeech: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtmedia-fuzz-speech",
        abstract: "Feeds hostile texts and SSML to speech, through the library and to the worker alone.",
        discussion: """
            Texts follow from --seed and their index alone. Whatever a text tries that the worker's filter of system calls \
            forbids ends the worker with SIGSYS, which is a failure here; with --trace, strace has to see no file of another \
            folder than the engine's, no program and no connection either. The exit code is 1 if anything of that happened.

            swift run -c release rtmedia-fuzz-speech --worker ../../.build/release/rtmedia-speech --trace
            """
    )

    @Option(help: ArgumentHelp("The path of rtmedia-speech.", valueName: "file"))
    var worker: String

    @Option(help: "How many texts to make.")
    var count = 20_000

    @Option(help: "The number that all texts follow from.")
    var seed: UInt64 = 1

    @Option(help: "The text to begin with.")
    var from = 0

    @Option(help: "How many texts to speak at once.")
    var jobs = 2

    @Flag(help: "Look at the system calls with strace, which takes ten times as long.")
    var trace = false

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/rtmedia-fuzz-speech.\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bench = try Bench(worker: worker, folder: folder, isTraced: trace, jobs: jobs)
        let texts = Texts(from: from, count: count, seed: seed, canary: "\(folder)/canary")
        await withTaskGroup { group in
            for _ in 0..<jobs {
                group.addTask {
                    while let (index, made) = texts.next() {
                        let outcome = await bench.outcome(of: made)
                        texts.note(outcome)
                        if let flaw = outcome.flaw { print("text \(index): \(flaw)") }
                    }
                }
            }
        }
        let counts = texts.outcomes
        for (name, count) in counts.sorted(by: { $0.value > $1.value }) { print("\(name): \(count)") }
        if counts["FLAW"] != nil { throw ExitCode.failure }
    }
}

/// The texts that are still to be spoken, and what became of the others.
private final class Texts: Sendable {
    private let count: Int
    private let seed: UInt64
    private let canary: String
    private let index: Mutex<Int>
    private let counts = Mutex<[String: Int]>([:])

    init(from first: Int, count: Int, seed: UInt64, canary: String) {
        self.count = count
        self.seed = seed
        self.canary = canary
        index = Mutex(first)
    }

    /// The next text; nil if there is none.
    func next() -> (index: Int, TextMaker.Made)? {
        let index = index.withLock { index in
            defer { index += 1 }
            return index
        }
        guard index < count else { return nil }
        var maker = TextMaker(seed: seed, index: index, canary: canary)
        return (index, maker.make())
    }

    func note(_ outcome: Outcome) {
        counts.withLock { counts in
            counts[outcome.name, default: 0] += 1
            if outcome.flaw != nil { counts["FLAW", default: 0] += 1 }
        }
    }

    /// How many had which outcome.
    var outcomes: [String: Int] { counts.withLock { $0 } }
}
