import Foundation

/// Goes through the inputs of a run, one after another.
///
/// It says so on standard output, a line before and after each:
///
/// ```
/// start 17
/// end 17 converted 20480 0
/// flaw 17 the result can't be parsed as base64
/// ```
///
/// The numbers after the outcome are the peaks of memory so far, in KiB: its own and the largest child's.
struct Worker {
    let run: FuzzRun

    /// The folder that a worker makes its files in; whoever started it removes it.
    static func folder(of process: pid_t) -> String {
        FileManager.default.temporaryDirectory.path + "/rtmedia-fuzz.\(process)"
    }

    /// Works on every `jobs`th input from `first` on.
    func work(from first: Int) throws {
        signal(SIGPIPE, SIG_IGN)
        // Some libraries print what they think of a file: that must not come between the lines.
        let lines = dup(1)
        dup2(2, 1)
        let folder = Self.folder(of: getpid())
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for index in stride(from: first, to: run.options.count, by: run.options.jobs) {
            say(lines, "start \(index)")
            let outcome = try run.makeCase(index).run(in: folder)
            if let flaw = outcome.flaw { say(lines, "flaw \(index) \(flaw)") }
            let (own, children) = (Self.peak(of: RUSAGE_SELF), Self.peak(of: RUSAGE_CHILDREN))
            say(lines, "end \(index) \(outcome.name) \(own) \(children)")
        }
    }

    /// The most memory that this process, or the largest of its children, had at once, in KiB.
    private static func peak(of who: __rusage_who) -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(who.rawValue), &usage)
        return usage.ru_maxrss
    }

    private func say(_ descriptor: Int32, _ line: String) {
        var text = line + "\n"
        let written = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 { exit(1) }  // the supervisor is gone
    }
}
