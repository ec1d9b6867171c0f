import Foundation
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// A child is heard out, but not forever.
@Suite(.waiting) struct ChildProcessTests {
    private func child(_ script: String) throws -> ChildProcess {
        try ChildProcess("/bin/sh", arguments: ["-c", script], input: OpenFile.temporary())
    }

    private func read(_ child: ChildProcess, patience: Duration = .seconds(600)) throws -> Int {
        var bytes = [UInt8](repeating: 0, count: 100)
        return try bytes.withUnsafeMutableBytes { try child.read(into: $0, patience: patience) }
    }

    /// The time of the processor that a body takes on its thread.
    private func milliseconds(_ body: () throws -> Void) rethrows -> Int {
        var (start, end) = (timespec(), timespec())
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
        try body()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
        return (end.tv_sec - start.tv_sec) * 1000 + (end.tv_nsec - start.tv_nsec) / 1_000_000
    }

    @Test("silence ends a child, so do endless complaints", arguments: ["sleep 3600", "while :; do echo no >&2; done"])
    func patience(script: String) throws {
        let child = try child(script)
        #expect(throws: ChildProcess.Failure.timedOut) { try read(child, patience: .milliseconds(300)) }
    }

    @Test("more complaints than a pipe holds do not keep output back, and their beginning is kept")
    func complaints() throws {
        let child = try child("head -c 300000 /dev/zero >&2; echo done; exit 3")
        #expect(try read(child) == 5)
        #expect(try read(child) == 0)
        #expect(child.wait() == .code(3))
        #expect(child.errorText.count == 4096)
    }

    @Test("more complaints than a pipe holds do not keep a child from its end when its output is closed")
    func lateComplaints() throws {
        let child = try child("exec >&-; head -c 300000 /dev/zero >&2; exit 3")
        #expect(try read(child) == 0)
        #expect(child.wait(until: .now + .seconds(600)) == .code(3))
        #expect(child.errorText.count == 4096)
    }

    @Test("waiting for a child that has closed its standard error costs no time of the processor")
    func closedErrors() throws {
        let child = try child("exec 2>&-; sleep 1; echo done")
        #expect(child.wait(until: .now) == nil)
        var count = 0
        #expect(try milliseconds { count = try read(child) } < 100)
        #expect(count == 5)
        #expect(child.wait(until: .now + .seconds(600)) == .code(0))
    }

    @Test(
        "waiting for the end costs no time of the processor, whether or not there is a deadline", arguments: [nil, 600])
    func idleWait(seconds: Int?) throws {
        let child = try child("exec 1>&- 2>&-; sleep 1; exit 4")
        let deadline = seconds.map { ContinuousClock.now + .seconds($0) }
        let start = ContinuousClock.now
        var exit: ChildProcess.Exit?
        #expect(milliseconds { exit = child.wait(until: deadline) } < 20)
        #expect(exit == .code(4))
        #expect(ContinuousClock.now - start < .seconds(300))
    }

    @Test("a deadline is kept, and the child can be waited for again")
    func deadline() throws {
        let child = try child("sleep 1; exit 5")
        let start = ContinuousClock.now
        #expect(child.wait(until: start + .milliseconds(100)) == nil)
        #expect(ContinuousClock.now - start >= .milliseconds(100))
        #expect(child.wait() == .code(5))
        #expect(child.wait() == .code(5))
    }

    @Test("a signal that ends a child is told, and what it is called")
    func signal() throws {
        let exit = try child("kill -FPE $$").wait(until: .now + .seconds(600))
        #expect(exit == .signal(SIGFPE))
        #expect(exit?.signalName == "Floating point exception")
        #expect(try child("exit 7").wait(until: .now + .seconds(600)) == .code(7))
        #expect(ChildProcess.Exit.code(7).signalName == nil)
    }

    @Test("a child whose end the system has told somebody else is not waited for")
    func reaped() throws {
        let child = try child("echo $$; exit 3")
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = try bytes.withUnsafeMutableBytes { try child.read(into: $0, patience: .seconds(600)) }
        let identifier = try #require(pid_t(String(decoding: bytes[..<(count - 1)], as: UTF8.self)))
        #expect(waitpid(identifier, nil, 0) == identifier)
        #expect(child.wait(until: .now + .seconds(600)) == .unknown)
    }

    @Test("a child ends with its owner")
    func owner() throws {
        let start = ContinuousClock.now
        do { #expect(try read(try child("echo $$; exec sleep 3600")) > 0) }
        #expect(ContinuousClock.now - start < .seconds(300))
    }

    @Test("a child has the three standard streams and its input, and nothing else of ours")
    func descriptors() throws {
        let folder = TestFolder()
        try folder.write([1], to: "open")
        let held = try OpenFile(reading: folder("open"))
        // As a server's sockets are: nothing says of it that it is closed when a program is started.
        let inherited = dup(held.descriptor.rawValue)
        defer { Glibc.close(inherited) }
        let child = try child("ls -l /proc/self/fd >&2")
        #expect(child.wait() == .code(0))
        #expect(!String(decoding: child.errorText, as: UTF8.self).contains(folder.path))
        #expect(try held.status().size == 1)
    }

    @Test("the input is the program's standard input if that is asked for")
    func standardInput() throws {
        let input = try OpenFile.temporary()
        // Whatever wrote the file left its position at the end.
        try input.write(Array("hello".utf8).span.bytes)
        let child = try ChildProcess("/bin/sh", arguments: ["-c", "cat /dev/stdin"], input: input, as: 0)
        #expect(try read(child) == 5)
    }

    @Test("what is no program is told, with the system's reason")
    func noProgram() throws {
        let error = #expect(throws: SystemError.self) {
            try ChildProcess("/nonexistent", arguments: [], input: OpenFile.temporary())
        }
        #expect(error == SystemError(.start, "/nonexistent", .noSuchFileOrDirectory))
        #expect(ChildProcess.find("sh")?.hasSuffix("/sh") == true)
        #expect(ChildProcess.find("no-such-program") == nil)
    }
}
