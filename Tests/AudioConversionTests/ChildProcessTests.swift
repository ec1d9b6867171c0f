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
}
