import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// A file appears under its name whole or not at all.
@Suite(.waiting) struct AtomicFileTests {
    let folder = TestFolder()

    private func write(_ bytes: [UInt8], to file: AtomicFile) throws { try file.file.write(bytes.span.bytes) }

    @Test("a link is kept, and what it leads to is written, even if there is nothing yet")
    func links() throws {
        symlink("other", folder("link"))
        for content in [[1, 2], [3]] as [[UInt8]] {
            try AtomicFile.write(content, to: folder("link"), replacing: true)
            #expect(try folder.bytes("other") == content)
        }
        #expect(folder.names == ["link", "other"])
        symlink("link", folder("second"))
        #expect(throws: SystemError(.create, folder("second"), .fileExists)) {
            try AtomicFile.write([4], to: folder("second"), replacing: false)
        }
    }

    @Test("a file has no name until it is complete")
    func appears() throws {
        let file = try AtomicFile(folder("a"))
        try write([1, 2, 3], to: file)
        #expect(folder.names.isEmpty)
        #expect(try file.commit(replacing: false) == false)
        #expect(folder.names == ["a"])
        #expect(try folder.bytes("a") == [1, 2, 3])
    }

    @Test("a name with a zero in it is not cut off there")
    func zero() throws {
        #expect(throws: SystemError(.create, folder("a\0b"), .noSuchFileOrDirectory)) {
            try AtomicFile.write([1], to: folder("a\0b"), replacing: false)
        }
        #expect(folder.names.isEmpty)
    }

    @Test("a file that is given up leaves nothing")
    func abandoned() throws {
        do {
            let file = try AtomicFile(folder("a"))
            try write([1, 2, 3], to: file)
        }
        #expect(folder.names.isEmpty)
    }

    @Test(
        "the same content is there already, whether or not it takes several reads", arguments: [0, 3, 1 << 16, 200_001])
    func same(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write(bytes, to: "a")
        let file = try AtomicFile(folder("a"))
        try write(bytes, to: file)
        #expect(try file.commit(replacing: false))
        #expect(folder.names == ["a"])
    }

    @Test(
        "other content is replaced only if that is asked for",
        arguments: [[9, 2, 3], [1, 2, 9], [1, 2], [1, 2, 3, 4], []] as [[UInt8]])
    func other(content: [UInt8]) throws {
        try folder.write(content, to: "a")
        let file = try AtomicFile(folder("a"))
        try write([1, 2, 3], to: file)
        let error = #expect(throws: SystemError.self) { try file.commit(replacing: false) }
        #expect(error?.isNameTaken == true)
        #expect(try folder.bytes("a") == content)
        #expect(try file.commit(replacing: true) == false)
        #expect(try folder.bytes("a") == [1, 2, 3])
        #expect(folder.names == ["a"])
    }

    @Test("a name as long as names may be is replaced", arguments: ["n", "日"])
    func longName(character: String) throws {
        let name = String(repeating: character, count: 255 / character.utf8.count)
        try folder.write([9], to: name)
        let file = try AtomicFile(folder(name))
        try write([1, 2, 3], to: file)
        #expect(try file.commit(replacing: true) == false)
        #expect(folder.names == [name])
    }

    @Test("a folder in the way is not replaced, and nothing is left beside it")
    func directory() throws {
        mkdir(folder("a"), 0o777)
        do {
            let file = try AtomicFile(folder("a"))
            try write([1], to: file)
            #expect(throws: SystemError(.replace, folder("a"), .isDirectory)) {
                try file.commit(replacing: true)
            }
        }
        #expect(folder.names == ["a"])
    }

    @Test("a folder that is not there is told")
    func noFolder() {
        #expect(throws: SystemError(.create, folder("b/a"), .noSuchFileOrDirectory)) { try AtomicFile(folder("b/a")) }
    }

    @Test("pipes, devices and open descriptors are streams, files and what is not there are none")
    func streams() throws {
        mkfifo(folder("pipe"), 0o666)
        try folder.write([], to: "file")
        for path in [folder("pipe"), "/dev/null", "/dev/full", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
            #expect(AtomicFile.isStream(path), "\(path)")
        }
        for path in [folder("file"), folder("nothing"), folder.path, ""] {
            #expect(!AtomicFile.isStream(path), "\(path)")
        }
    }
}
