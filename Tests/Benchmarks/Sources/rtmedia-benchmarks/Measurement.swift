import FoundationEssentials
import Glibc

/// What commands and their children have used.
struct Usage {
    /// User and system time, in seconds.
    var cpu = 0.0
    /// In seconds.
    var wall = 0.0

    static func + (a: Usage, b: Usage) -> Usage { Usage(cpu: a.cpu + b.cpu, wall: a.wall + b.wall) }

    static func * (usage: Usage, factor: Double) -> Usage {
        Usage(cpu: usage.cpu * factor, wall: usage.wall * factor)
    }
}

/// Set by a signal: the user wants an end.
nonisolated(unsafe) var isInterrupted = false

/// Runs commands one after another; their usage in sum.
func usage(of commands: [[String]], in folder: String) throws(BenchmarkError) -> Usage {
    var sum = Usage()
    for command in commands {
        let start = ContinuousClock.now
        let cpu = try Child(command, folder: folder).wait()
        sum = sum + Usage(cpu: cpu, wall: (ContinuousClock.now - start) / .seconds(1))
    }
    return sum
}

/// What a command writes to standard output and standard error.
func output(of command: [String], in folder: String) throws(BenchmarkError) -> String {
    let child = try Child(command, folder: folder)
    try child.wait()
    return child.output
}

/// A process, with nothing on its standard input and a file for its standard output and standard error.
struct Child {
    private let command: [String]
    private let identifier: pid_t
    private let outputPath: String

    init(_ command: [String], folder: String) throws(BenchmarkError) {
        guard !isInterrupted else { throw BenchmarkError(failed: "interrupted") }
        self.command = command
        outputPath = folder + "/said.txt"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, command[0], &actions, nil, &words, environ)
        guard code == 0 else {
            throw BenchmarkError(failed: "can't start \(command[0]): \(String(cString: strerror(code)))")
        }
        self.identifier = identifier
    }

    var output: String {
        FileManager.default.contents(atPath: outputPath).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// Waits for the end.
    ///
    /// - Returns: the CPU time of the process and of the children it has waited for, in seconds.
    @discardableResult
    func wait() throws(BenchmarkError) -> Double {
        var (status, usage): (Int32, rusage) = (0, rusage())
        while wait4(identifier, &status, 0, &usage) < 0 && errno == EINTR {}
        guard status == 0 else { throw failure }
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// Waits for the end; the most memory that was resident, in bytes.
    ///
    /// Asks a thousand times a second, since `ru_maxrss` is of no use for a small program: Linux counts into it what the
    /// parent held when it started the child.
    func waitForPeakMemory() throws(BenchmarkError) -> Int {
        var (status, peak): (Int32, Int) = (0, 0)
        while waitpid(identifier, &status, WNOHANG) == 0 {
            peak = max(peak, residentPeak)
            usleep(1000)
        }
        guard status == 0 else { throw failure }
        return peak
    }

    /// VmHWM of proc(5), in bytes; 0 where the process has ended.
    private var residentPeak: Int {
        guard let status = FileManager.default.contents(atPath: "/proc/\(identifier)/status") else { return 0 }
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        let words = lines.first { $0.hasPrefix("VmHWM:") }?.split { $0 == " " || $0 == "\t" }
        return words.flatMap { Int($0[1]) }.map { $0 * 1024 } ?? 0
    }

    private var failure: BenchmarkError {
        isInterrupted
            ? BenchmarkError(failed: "interrupted")
            : BenchmarkError(failed: "'\(command.joined(separator: " "))' failed\n\(output)")
    }
}
