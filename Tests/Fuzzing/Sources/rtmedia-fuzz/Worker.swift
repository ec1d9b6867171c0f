internal import Foundation

/// Goes through the inputs of a run, one after another.
///
/// It says so on standard output, a line before and after each:
///
/// ```
/// start 17
/// end 17 converted 20480
/// flaw 17 the result can't be parsed as base64
/// ```
///
/// The number after the outcome is the peak of the process's memory so far, in KiB.
struct Worker {
    let run: RunOptions
    let seeds: Seeds

    /// Works on every `jobs`th input from `first` on.
    func work(from first: Int) throws {
        signal(SIGPIPE, SIG_IGN)
        let folder = FileManager.default.temporaryDirectory.path + "/rtmedia-fuzz.\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for index in stride(from: first, to: run.count, by: run.jobs) {
            say("start \(index)")
            let outcome = try run.fuzzCase(index, seeds: seeds).run(in: folder)
            if let flaw = outcome.flaw { say("flaw \(index) \(flaw)") }
            say(
                "end \(index) \(outcome.name) \(Self.peak(of: __rusage_who_t(RUSAGE_SELF.rawValue))) \(Self.peak(of: __rusage_who_t(RUSAGE_CHILDREN.rawValue)))"
            )
        }
    }

    /// The most memory that this process, or the largest of its children, had at once, in KiB.
    private static func peak(of who: __rusage_who_t) -> Int {
        var usage = rusage()
        getrusage(who, &usage)
        return usage.ru_maxrss
    }

    private func say(_ line: String) {
        var text = line + "\n"
        text.withUTF8 { _ = write(1, $0.baseAddress, $0.count) }
    }
}
