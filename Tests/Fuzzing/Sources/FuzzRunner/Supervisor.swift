import Dispatch
import Foundation

/// Keeps the workers going: notes at which input one crashed, hung or took too much memory, and starts another behind it.
final class Supervisor: Sendable {
    private let run: FuzzRun
    private let tally: Tally
    private var options: RunOptions { run.options }

    init(_ run: FuzzRun) {
        self.run = run
        tally = Tally(count: run.options.count)
    }

    /// Goes through all inputs; false if anything failed.
    func supervise() throws -> Bool {
        if let folder = options.save {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        DispatchQueue.concurrentPerform(iterations: options.jobs) { job in
            var next = options.from + job
            while next < options.count { next = follow(from: next, job: job) }
        }
        tally.printSummary()
        return !tally.hasFailed
    }

    /// Follows one worker to its end; the input that the next one starts with.
    private func follow(from first: Int, job: Int) -> Int {
        let log = options.save.map { "\($0)/worker-\(job).log" }
        var current = first
        do {
            let worker = try WorkerProcess(run, from: first, log: log)
            while let line = try worker.line(patience: options.patience) {
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                guard words.count >= 2, let index = Int(words[1]) else { continue }
                current = index
                guard words.count == 3 else { continue }
                if words[0] == "flaw" { fail(.flaw, index, words[2], log: log) }
                if words[0] == "end", !note(words[2], index: index, log: log) {
                    worker.kill()
                    return index + options.jobs
                }
            }
            guard let reason = worker.wait() else { return options.count }
            fail(.crash, current, reason, log: log)
        } catch {
            fail(.hang, current, "no end after \(options.patience) s", log: log)
        }
        return current + options.jobs
    }

    /// Counts an outcome; false if the worker has taken too much memory by now.
    private func note(_ words: String, index: Int, log: String?) -> Bool {
        let fields = words.split(separator: " ")
        let peak = Int(fields[1]) ?? 0
        tally.count(String(fields[0]), peak: peak, childPeak: Int(fields[2]) ?? 0)
        guard let limit = options.maxMemory, peak > limit << 10 else { return true }
        fail(.memory, index, "\(peak >> 10) MB", log: log)
        return false
    }

    /// Notes a failure, with the input and what the worker said, where there is a folder for it.
    private func fail(_ kind: Tally.Failure, _ index: Int, _ reason: String, log: String?) {
        let fuzzCase = run.makeCase(index)
        tally.fail(kind, "input \(index) (\(fuzzCase.summary)): \(kind.rawValue): \(reason)")
        guard let folder = options.save else { return }
        try? fuzzCase.save(in: folder, index: index)
        if let log, kind != .flaw { try? FileManager.default.moveItem(atPath: log, toPath: "\(folder)/\(index).log") }
    }
}
