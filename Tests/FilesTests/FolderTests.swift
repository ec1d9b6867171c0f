import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Files

/// What is in folders is found in order, and what can't be looked at is told.
@Suite(.waiting) struct FolderTests {
    let folder = TestFolder()

    private func paths(_ entries: [Folder.Entry]) -> [String] { entries.map(\.relativePath) }

    @Test("files in and under a folder are found by name; what is hidden, a link to a folder or a pipe is skipped")
    func walk() throws {
        for name in ["b", "b/d", "a", ".hidden", "out"] { try Folder.make(folder(name)) }
        for name in ["b/2", "b/d/1", "a/3", "0", ".x", ".hidden/4", "out/5"] { try folder.write([1], to: name) }
        symlink("b", folder("link"))
        symlink("0", folder("c"))
        symlink("nothing", folder("e"))
        mkfifo(folder("pipe"), 0o666)
        let entries = Folder.files(under: folder.path, except: FileIdentity(path: folder("out")))
        #expect(paths(entries) == ["0", "a/3", "b/2", "b/d/1", "c"])
        #expect(entries.allSatisfy { $0.isFile && $0.path == folder($0.relativePath) })
        #expect(paths(Folder.files(under: folder.path + "/")).last == "out/5")
        #expect(try Folder.names(in: folder.path).prefix(3) == [".hidden", ".x", "0"])
    }

    @Test("a folder that can't be listed is an entry of its own, so that it is told")
    func unlisted() throws {
        let entries = Folder.files(under: folder("none"))
        #expect(entries == [Folder.Entry(path: folder("none"), relativePath: "", isFile: false)])
        #expect(throws: SystemError(.listFolder, folder("none"), .noSuchFileOrDirectory)) {
            try Folder.names(in: folder("none"))
        }
    }

    @Test("folders are made with those above them, and may be there")
    func making() throws {
        for _ in 0..<2 { try Folder.make(folder("a/b//c/")) }
        #expect(FileStatus.kind(of: folder("a/b/c")) == .folder)
        try Folder.make(folder("private/one"), isPrivate: true)
        #expect(try FileStatus(path: folder("private/one")).isOpenToOthers == false)
        try Folder.make("")
        try folder.write([], to: "file")
        #expect(throws: SystemError(.makeFolder, folder("file"), .notDirectory)) { try Folder.make(folder("file")) }
        #expect(throws: SystemError(.makeFolder, "a\0b", .noSuchFileOrDirectory)) { try Folder.make("a\0b") }
        #expect(throws: SystemError(.makeFolder, folder("file/a/"), .notDirectory)) {
            try Folder.make(folder("file/a"))
        }
    }

    @Test("a file is known by what it is, under all its names, and as it was")
    func status() throws {
        try folder.write([1, 2], to: "a")
        symlink("a", folder("b"))
        mkfifo(folder("pipe"), 0o666)
        #expect(FileStatus.kind(of: folder("a")) == .regular)
        #expect(FileStatus.kind(of: folder("b")) == .regular)
        #expect(FileStatus.kind(of: folder("b"), followingLinks: false) == .symbolicLink)
        #expect(FileStatus.kind(of: folder("pipe")) == .stream && FileStatus.kind(of: "/dev/null") == .stream)
        #expect(FileStatus.kind(of: folder.path) == .folder && FileStatus.kind(of: folder("none")) == nil)
        #expect(FileIdentity(path: folder("a")) == FileIdentity(path: folder("b")))
        #expect(FileIdentity(path: folder("a")) != FileIdentity(path: folder("pipe")))
        let stamp = try FileStatus(path: folder("a")).stamp
        #expect(try FileStatus(path: folder("b")).stamp == stamp)
        try folder.write([1, 2, 3], to: "a")
        #expect(try FileStatus(path: folder("a")).stamp != stamp)
    }

    @Test(
        "a path has a folder, a name, a stem and an ending",
        arguments: [
            ("a/b//c.tar.gz", "a/b//", "c.tar", "gz"), ("c", "", "c", ""), (".hidden", "", ".hidden", ""),
            ("/a.", "/", "a", ""), ("a/", "a/", "", ""),
        ])
    func parts(path: String, folder: String, stem: String, ending: String) {
        let name = PathName(path)
        #expect(name.folder == folder && name.stem == stem && name.ending == ending)
        #expect(name.folder + name.last == path)
    }

    @Test("a relative name begins in a folder, an absolute one does not")
    func joining() {
        #expect(PathName.join("a", "b") == "a/b" && PathName.join("a/", "b") == "a/b")
        #expect(PathName.resolve("b", in: "a/") == "a/b" && PathName.resolve("/b", in: "a/") == "/b")
        #expect(PathName.resolve("b", in: "") == "b")
    }
}
