import ArgumentParser
import Foundation

/// A run through many inputs, each of which follows from the run's seed and its index.
package struct FuzzRun: Sendable {
    let options: RunOptions
    let makeCase: @Sendable (_ index: Int) -> any FuzzCase
    private let programArguments: [String]

    /// - Parameters:
    ///   - options: those of every run.
    ///   - arguments: what the program's own options are, for its workers.
    ///   - makeCase: makes an input.
    package init(
        _ options: RunOptions, arguments: [String] = [], makeCase: @escaping @Sendable (_ index: Int) -> any FuzzCase
    ) {
        self.options = options
        self.makeCase = makeCase
        programArguments = arguments
    }

    /// A worker's command line.
    var arguments: [String] {
        let run = ["--seeds", options.seeds, "--count", "\(options.count)", "--seed", "\(options.seed)"]
        return run + ["--jobs", "\(options.jobs)"] + programArguments
    }

    /// Does what the options say: supervises workers, is one, or repeats one input.
    ///
    /// - Throws: the exit code 1 if anything failed.
    package func run() throws {
        if let worker = options.worker {
            try Worker(run: self).work(from: worker)
        } else if let repro = options.repro {
            try reproduce(repro)
        } else if try !Supervisor(self).supervise() {
            throw ExitCode.failure
        }
    }

    private func reproduce(_ index: Int) throws {
        let fuzzCase = makeCase(index)
        print("input \(index): \(fuzzCase.summary)\n\(fuzzCase.details)")
        if let folder = options.save { try fuzzCase.save(in: folder, index: index) }
        let start = ContinuousClock.now
        let outcome = try fuzzCase.run(in: FileManager.default.temporaryDirectory.path)
        print("\(outcome.name) after \(ContinuousClock.now - start)\(outcome.flaw.map { ", but \($0)" } ?? "")")
    }
}
