import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// What is read and written is all there, or it is told why not.
@Suite(.waiting) struct OpenFileTests {
    let folder = TestFolder()

    @Test("what can't be opened says what was tried, on what, and why")
    func opening() throws {
        #expect(throws: SystemError(.open, folder("none"), .noSuchFileOrDirectory)) {
            try OpenFile(reading: folder("none"))
        }
        #expect(throws: SystemError(.openToWrite, folder.path, .isDirectory)) { try OpenFile(writing: folder.path) }
        #expect(throws: SystemError(.duplicate, "input", .badFileDescriptor)) {
            try OpenFile(duplicating: 12345, name: "input")
        }
        #expect(SystemError(.open, "a", .noSuchFileOrDirectory).reason == "No such file or directory")
    }

    @Test("a path with a zero in it is not taken for a shorter one")
    func zero() throws {
        try folder.write([1], to: "a")
        let path = folder("a\0b")
        #expect(throws: SystemError(.open, path, .noSuchFileOrDirectory)) { try OpenFile(reading: path) }
        #expect(!FileAccess.exists(path) && FileStatus.kind(of: path) == nil && FileIdentity(path: path) == nil)
    }

    @Test("a slash at the end is part of a path")
    func slash() throws {
        try folder.write([1], to: "a")
        #expect(throws: SystemError(.open, folder("a/"), .notDirectory)) { try OpenFile(reading: folder("a/")) }
    }

    @Test("a file can be read from anywhere, and to its end")
    func reading() throws {
        try folder.write(Array(0..<100), to: "a")
        let file = try OpenFile(reading: folder("a"))
        var bytes = [UInt8](repeating: 0, count: 30)
        #expect(try file.read(at: 50, into: &bytes) == 30)
        #expect(bytes == Array(50..<80))
        #expect(try file.read(at: 90, into: &bytes) == 10)
        #expect(try file.read(at: 100, into: &bytes) == 0)
        #expect(try file.status().size == 100)
    }

    @Test("contents are read to a limit, and not beyond", arguments: [0, 1, 1 << 16, 200_000])
    func contents(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write(bytes, to: "a")
        #expect(try OpenFile(reading: folder("a")).contents(limit: count) == bytes)
        guard count > 0 else { return }
        #expect(throws: SystemError(.exceed(limit: count - 1), folder("a"), .fileTooLarge)) {
            try OpenFile(reading: folder("a")).contents(limit: count - 1)
        }
    }

    @Test("a read that fails is an error, not an end")
    func failedRead() throws {
        try folder.write([1], to: "a")
        let file = try OpenFile(writing: folder("a"))
        var bytes: [UInt8] = [0]
        #expect(throws: SystemError(.read, folder("a"), .badFileDescriptor)) { try file.read(at: 0, into: &bytes) }
        #expect(throws: SystemError(.read, folder.path, .isDirectory)) {
            try OpenFile(reading: folder.path).contents(limit: 10)
        }
    }

    @Test("a full device is told")
    func fullDevice() throws {
        let file = try OpenFile(writing: "/dev/full")
        #expect(throws: SystemError(.write, "/dev/full", .noSpace)) { try file.write(([1] as [UInt8]).span.bytes) }
        #expect(throws: SystemError(.write, "descriptor \(file.descriptor.rawValue)", .noSpace)) {
            try StandardStreams.write(([1] as [UInt8]).span.bytes, to: file.descriptor.rawValue)
        }
    }

    @Test("a signal does not break off a read or a write")
    func interrupted() throws {
        // A handler without SA_RESTART: each signal interrupts the call that waits.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR1, &action, nil)
        let (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
        let file = OpenFile(owning: reading, name: "pipe")
        let script = "for i in 1 2 3; do sleep 0.1; kill -USR1 \(getpid()); done; sleep 0.1; echo x >&3"
        let child = try ChildProcess(
            "/bin/sh", arguments: ["-c", script], input: OpenFile(owning: writing, name: "pipe"))
        #expect(try file.contents(limit: 10) == Array("x\n".utf8))
        #expect(child.wait() == .code(0))
    }

    @Test("a temporary file has no name, and is gone when it is closed")
    func temporary() throws {
        let file = try OpenFile.temporary()
        try file.write(([1, 2, 3] as [UInt8]).span.bytes)
        try file.write(([9] as [UInt8]).span.bytes, at: 1)
        var bytes: [UInt8] = [0, 0, 0]
        #expect(try file.read(at: 0, into: &bytes) == 3)
        #expect(bytes == [1, 9, 3])
        #expect(try file.status().kind == .regular)
        let (hidden, path) = try OpenFile.hidden(in: folder.path, permissions: .ownerReadWrite, for: .create)
        #expect(FileIdentity(path: path) == (try hidden.status().identity))
        #expect(folder.names.count == 1 && folder.names[0].hasPrefix(".rtmedia."))
    }
}

/// A spool takes bytes at its end and gives them back from anywhere.
@Suite(.waiting) struct SpoolTests {
    @Test("more bytes than are accepted are refused, and those before are kept")
    func limit() throws {
        var spool = try Spool(limit: 5)
        try spool.append(([1, 2, 3] as [UInt8]).span.bytes)
        #expect {
            try spool.append(([4, 5, 6] as [UInt8]).span.bytes)
        } throws: { ($0 as? SystemError)?.operation == .exceed(limit: 5) }
        try spool.append(([4, 5] as [UInt8]).span.bytes)
        var bytes = [UInt8](repeating: 0, count: 10)
        #expect(try spool.file.read(at: 0, into: &bytes) == 5)
        #expect(bytes[..<5] == [1, 2, 3, 4, 5])
    }

    @Test("what is left out takes no room and counts for no limit")
    func skipping() throws {
        var spool = try Spool(limit: 5)
        try spool.append(([1, 2, 3] as [UInt8]).span.bytes)
        spool.skip(1 << 40)
        try spool.append(([4, 5] as [UInt8]).span.bytes)
        #expect(spool.size == 5 + 1 << 40)
        #expect(throws: SystemError.self) { try spool.append(([6] as [UInt8]).span.bytes) }
        var bytes = [UInt8](repeating: 9, count: 10)
        #expect(try spool.file.read(at: 1 << 40, into: &bytes) == 5)
        #expect(bytes[..<5] == [0, 0, 0, 4, 5])
    }

    @Test(
        "a pipe is taken to its end if its beginning is worth it, as far as that must be seen",
        arguments: [Spool.Judgement.wanted, .unwanted], [256, 70_000])
    func pipe(judgement: Spool.Judgement, size: Int) throws {
        let (reading, writing) = try FileDescriptor.pipe(options: .closeOnExec)
        let child = try ChildProcess(
            "/bin/sh", arguments: ["-c", "head -c 300000 /dev/zero >&3"], input: OpenFile(owning: writing, name: "pipe")
        )
        var spool = try Spool()
        var head = 0
        try spool.copy(from: OpenFile(owning: reading, name: "pipe"), after: [1, 2]) { bytes in
            head = bytes.count
            return head < size ? .open : judgement
        }
        #expect(head >= size && (judgement == .wanted ? spool.size == 300_002 : spool.size < 300_000))
        var first: [UInt8] = [0, 0, 0]
        #expect(try spool.file.read(at: 0, into: &first) == 3 && first == [1, 2, 0])
        _ = child
    }
}
