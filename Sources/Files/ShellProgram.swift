import SystemPackage

/// A program that a line of shell starts, in a group of processes of its own, and that ends with its owner, with all that it has started.
///
/// One shell waits for the program, another one for the end of a pipe that only the owner keeps open: when it lets go, or dies, by
/// whatever signal, all processes of the group get SIGTERM, and what is left of them after five seconds SIGKILL.
package final class ShellProgram {
    private let child: ChildProcess
    /// Nobody ever writes to it.
    private var lifeline: OpenFile?

    private static let script = """
        trap '' TERM INT HUP
        (trap - TERM INT HUP; exec /bin/sh -c "$1" 3<&-) </dev/null 2>&1 &
        program=$!
        (
            read -r line <&3
            kill -TERM 0
            count=0
            while kill -0 $program && [ $count -lt 50 ]; do sleep 0.1; count=$((count + 1)); done
            kill -KILL 0
        ) >/dev/null 2>&1 &
        exec 3<&-
        wait $program
        exit $?
        """

    /// Starts a program.
    ///
    /// - Parameter line: what a shell runs; its standard input is empty.
    /// - Throws: `start`.
    package init(_ line: String) throws(SystemError) {
        let pipe: (reading: OpenFile, writing: OpenFile)
        do throws(Errno) { pipe = try ChildProcess.pipe(line) } catch { throw SystemError(.start, line, error) }
        child = try ChildProcess(
            "/bin/sh", arguments: ["-c", Self.script, "sh", line], input: pipe.reading, inOwnGroup: true)
        lifeline = pipe.writing
    }

    /// Waits for what it writes, to standard output and standard error alike.
    ///
    /// - Parameter patience: how long to wait for it.
    /// - Returns: what it has written since; empty if that is nothing, nil once it has ended and there is nothing left to read.
    package func output(patience: Duration) -> [UInt8]? {
        do throws(ChildProcess.Failure) {
            var bytes = [UInt8](repeating: 0, count: 65_536)
            var span = bytes.mutableSpan
            let count = try span.withUnsafeMutableBytes { (buffer) throws(ChildProcess.Failure) in
                try child.read(into: buffer, patience: patience)
            }
            return count == 0 ? nil : Array(bytes[..<count])
        } catch {
            // What it has started may still have its output open.
            return error == .timedOut && child.wait(until: .now) == nil ? [] : nil
        }
    }

    /// Ends it, with all that it has started.
    package func end() {
        lifeline = nil
        let deadline = ContinuousClock.now + .seconds(10)
        _ = child.wait(until: deadline)
        // What it has started has been told at the same time. Where nobody asks how that ended, it is there for ever.
        for _ in 0..<200 where child.hasGroup { CLibrary.pause(microseconds: 5000) }
    }

    /// How it ended, for which it is waited.
    package var exit: ChildProcess.Exit { child.wait() ?? .unknown }
}
