import Glibc
import Testing

@testable import AudioConversion

/// A child is heard out, but not forever.
@Suite struct ChildProcessTests {
    private func child(_ script: String) throws -> ChildProcess {
        let input = try ByteSource(TestFiles.sample("chime.wav"), limits: ConversionLimits()).descriptor()
        return try #require(ChildProcess("/bin/sh", arguments: ["-c", script], input: input))
    }

    private func read(_ child: ChildProcess, patience: Duration = .seconds(20)) throws -> Int {
        var bytes = [UInt8](repeating: 0, count: 100)
        return try bytes.withUnsafeMutableBytes { try child.read(into: $0, patience: patience) }
    }

    @Test("silence ends a child, so do endless complaints", arguments: ["sleep 60", "while :; do echo no >&2; done"])
    func patience(script: String) throws {
        let child = try child(script)
        #expect(throws: ChildProcess.Failure.timedOut) { try read(child, patience: .milliseconds(300)) }
    }

    @Test("more complaints than a pipe holds do not keep output back, and their beginning is kept")
    func complaints() throws {
        let child = try child("head -c 300000 /dev/zero >&2; echo done; exit 3")
        #expect(try read(child) == 5)
        #expect(try read(child) == 0)
        #expect(child.wait() == 3)
        #expect(child.errorText.count == 4096)
    }

    @Test("waiting for a child that has closed its standard error costs no time of the processor")
    func closedErrors() throws {
        let child = try child("exec 2>&-; sleep 1; echo done")
        #expect(child.wait(until: .now) == nil)
        var (start, end) = (timespec(), timespec())
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        #expect(try read(child) == 5)
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        let milliseconds = (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1_000_000
        #expect(milliseconds < 100)
        #expect(child.wait(until: .now + .seconds(20)) == .code(0))
    }

    @Test("a signal that ends a child is told")
    func signal() throws {
        #expect(try child("kill -FPE $$").wait(until: .now + .seconds(20)) == .signal(SIGFPE))
        #expect(try child("exit 7").wait(until: .now + .seconds(20)) == .code(7))
    }

    @Test("the input is the program's standard input if that is asked for")
    func standardInput() throws {
        let input = try ByteSource(.bytes(Array("hello".utf8), name: "text"), limits: ConversionLimits()).descriptor()
        // Whatever wrote the file left its position at the end.
        let child = try #require(ChildProcess("/bin/sh", arguments: ["-c", "cat /dev/stdin"], input: input, as: 0))
        #expect(try read(child) == 5)
    }
}
