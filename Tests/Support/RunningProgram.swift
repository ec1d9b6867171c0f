import Foundation
import Glibc

/// A program that a test has started; it ends with its owner, and with the tests whatever becomes of them.
///
/// Whatever waits for it needs the trait ``Testing/Trait/waiting``, and ends with an error after ten minutes.
package final class RunningProgram {
    /// What a program's standard input, output or errors are.
    package enum Stream: Sendable {
        case nothing
        /// A file, which is made or added to if the program writes.
        case file(String)
        /// Of input: open, and empty, until ``RunningProgram/closeInput()``; of output: read by this object.
        case pipe
    }

    /// How long anything is waited for.
    private static let patience = Duration.seconds(600)

    package let identifier: Int32
    private let name: String
    private var input: Int32?
    private var output: Int32?
    /// What it has written to the pipe, and ``read(until:)`` or ``wait()`` have read.
    package private(set) var said = ""
    /// How much of that ``read(until:)`` has gone through, in bytes.
    private var readCount = 0
    private var status: Int32?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: its path, or its name in PATH.
    ///   - folder: where it runs; by default where the tests do.
    ///   - environment: what it gets besides or instead of what the tests have; nil removes.
    package init(
        _ program: String, _ arguments: [String] = [], in folder: String? = nil, environment: [String: String?] = [:],
        input: Stream = .nothing, output: Stream = .pipe, errors: Stream = .nothing
    ) throws {
        // Where it may not, it keeps a thread from those it waits for, and its program ends with that thread.
        guard WaitingThreads.isCurrent else { throw SupportError("\(program): the test needs the trait .waiting") }
        name = program
        var files = ChildFiles()
        defer { files.close() }
        self.input = try files.addInput(input)
        self.output = try files.addOutputs(output, errors)
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        // It is killed when the thread that starts it ends, which is when the tests do.
        identifier = try files.spawn(
            ["/usr/bin/setpriv", "--pdeathsig", "KILL"] + (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program]
                + arguments,
            environment: variables.map { "\($0)=\($1)" })
    }

    deinit {
        closeInput()
        if status == nil {
            kill(identifier, SIGKILL)
            var status: Int32 = 0
            while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
        }
        if let output { close(output) }
    }

    package func closeInput() {
        if let input { close(input) }
        input = nil
    }

    package func send(_ signal: Int32) { if status == nil { kill(identifier, signal) } }

    /// Reads what it writes until something is there, which is looked for behind what was found before.
    @discardableResult
    package func read<Output>(until pattern: Regex<Output>) throws -> Output {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let start = said.utf8.index(said.startIndex, offsetBy: readCount)
            if let match = try pattern.firstMatch(in: said[start...]) {
                readCount = said.utf8.distance(from: said.startIndex, to: match.range.upperBound)
                return match.output
            }
            guard try readMore(until: deadline) else { throw SupportError("\(name) ended, having written: \(said)") }
        }
    }

    /// The first line that it writes, without its end.
    package func firstLine() throws -> String { String(try read(until: /([^\n]*)\n/).1) }

    /// Waits for its end.
    ///
    /// - Returns: the exit code, or 128 and the signal that ended it.
    package func wait() throws -> Int32 {
        let deadline = ContinuousClock.now + Self.patience
        while try readMore(until: deadline) {}
        var pause: UInt32 = 200
        while try !hasEnded() {
            guard ContinuousClock.now < deadline else {
                throw SupportError("\(name) has not ended, having written: \(said)")
            }
            usleep(pause)
            pause = min(2 * pause, 10_000)
        }
        return status!
    }

    /// Whether it has ended, by itself or by a signal.
    package func hasEnded() throws -> Bool {
        if status != nil { return true }
        var status: Int32 = 0
        let result = waitpid(identifier, &status, WNOHANG)
        if result < 0 && errno != EINTR { throw SupportError("\(name): \(String(cString: strerror(errno)))") }
        guard result == identifier else { return false }
        self.status = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
        return true
    }

    /// - Returns: false at the end.
    private func readMore(until deadline: ContinuousClock.Instant) throws -> Bool {
        guard let output else { return false }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        var poller = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        let milliseconds = max(0, (deadline - .now) / .milliseconds(1))
        let ready = poll(&poller, 1, Int32(milliseconds))
        if ready < 0 && errno == EINTR { return true }
        guard ready > 0 else { throw SupportError("\(name) writes nothing more than: \(said)") }
        let count = Glibc.read(output, &bytes, bytes.count)
        if count < 0 && errno == EINTR { return true }
        guard count > 0 else { return false }
        said += String(decoding: bytes[..<count], as: UTF8.self)
        return true
    }
}

extension RunningProgram {
    /// What became of a program that was run to its end.
    package struct Outcome: Sendable {
        /// The exit code, or 128 and the signal that ended it.
        package let status: Int32
        package let output: [UInt8]
        package let errors: String

        /// Standard output as text.
        package var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - input: the file that is its standard input.
    ///   - output: the file that is its standard output; else that is a part of the outcome.
    package static func run(
        _ program: String, _ arguments: [String] = [], in folder: String? = nil, environment: [String: String?] = [:],
        input: String? = nil, output: String? = nil
    ) throws -> Outcome {
        let files = TestFolder()
        let process = try RunningProgram(
            program, arguments, in: folder, environment: environment, input: input.map { .file($0) } ?? .nothing,
            output: .file(output ?? files("output")), errors: .file(files("errors")))
        return Outcome(
            status: try process.wait(), output: output == nil ? try files.bytes("output") : [],
            errors: String(decoding: try files.bytes("errors"), as: UTF8.self))
    }
}
