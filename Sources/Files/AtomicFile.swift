import SystemPackage

/// A file that appears under its name whole or not at all.
///
/// It is written without a name in the target's folder (`O_TMPFILE`) and linked when it is complete, so that not even being
/// killed leaves a part. Where the file system can't do that, it has a hidden name, removed on failure.
package final class AtomicFile {
    /// What is written, and not yet seen under its name.
    package let file: OpenFile
    /// What the caller calls it.
    private let name: String
    /// Where it will be: where links lead, which are kept.
    private let path: String
    /// The hidden name, where there is one.
    private var hiddenPath: String?

    /// - Throws: `create` if the folder does not exist or can't be written.
    package init(_ name: String) throws(SystemError) {
        guard !name.utf8.contains(0) else { throw SystemError(.create, name, .noSuchFileOrDirectory) }
        self.name = name
        path = Self.resolved(name)
        let folder = Self.folder(of: path)
        if let unnamed = OpenFile.unnamed(in: folder, permissions: .usual) {
            file = unnamed
            return
        }
        let hidden: (file: OpenFile, path: String)
        do throws(SystemError) {
            hidden = try OpenFile.hidden(in: folder, permissions: .usual, for: .create)
        } catch { throw SystemError(.create, name, error.errno) }
        (file, hiddenPath) = (hidden.file, hidden.path)
    }

    // Nobody is there to be told of a hidden file that can't be removed.
    deinit { if let hiddenPath { try? CLibrary.remove(hiddenPath) } }

    /// Writes a file that appears whole or not at all.
    ///
    /// - Parameters:
    ///   - bytes: what it holds.
    ///   - path: its name; a pipe or a device is written to.
    ///   - replacing: whether a file that exists may be replaced; one that has just this content already is a success.
    /// - Throws: `create` if another file has the name or the folder can't be written, `replace`, `openToWrite`, `write`.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(SystemError) {
        if isStream(path) { return try OpenFile(writing: path).write(bytes.span.bytes) }
        let file = try AtomicFile(path)
        do throws(SystemError) { try file.file.write(bytes.span.bytes) } catch {
            throw SystemError(.write, path, error.errno)
        }
        _ = try file.commit(replacing: replacing)
    }

    /// Whether a path leads to a pipe, a device or an open descriptor, which is written to and not replaced.
    package static func isStream(_ path: String) -> Bool {
        // Links there lead to files that others have open; a rename would put a file in the link's place.
        if ["/dev/fd/", "/dev/std", "/proc/"].contains(where: path.hasPrefix) { return true }
        return FileStatus.kind(of: path) == .stream
    }

    /// Gives the file its name.
    ///
    /// - Parameter replacing: whether a file that has the name may be replaced.
    /// - Returns: whether a file with this name and content was there already.
    /// - Throws: `create`, with `isNameTaken` if another file has the name and must not be replaced; `replace`.
    package func commit(replacing: Bool) throws(SystemError) -> Bool {
        if replacing {
            // What has no other's place to take needs no hidden name, which being killed would leave. Whatever keeps it from being
            // linked is told below.
            if hiddenPath == nil, (try? CLibrary.link(file.descriptor, to: path)) != nil { return false }
            try attempt(.create) { () throws(Errno) in try hide() }
            try attempt(.replace) { () throws(Errno) in try CLibrary.rename(hiddenPath!, to: path) }
            hiddenPath = nil
            return false
        }
        do throws(Errno) { try link(to: path) } catch {
            guard error == .fileExists, hasSameContent() else { throw SystemError(.create, name, error) }
            return true
        }
        return false
    }

    private func attempt(_ operation: SystemError.Operation, _ body: () throws(Errno) -> Void) throws(SystemError) {
        do throws(Errno) { try body() } catch { throw SystemError(operation, name, error) }
    }

    /// Gives a file without a name a hidden one, since only what has a name can take another's place.
    private func hide() throws(Errno) {
        guard hiddenPath == nil else { return }
        let path = OpenFile.hiddenPath(in: Self.folder(of: path))
        try link(to: path)
        hiddenPath = path
    }

    /// Links the file to a name that must be free.
    private func link(to name: String) throws(Errno) {
        if let hiddenPath {
            try CLibrary.link(hiddenPath, to: name)
        } else {
            try CLibrary.link(file.descriptor, to: name)
        }
    }

    /// Whether the file that has the name holds the same; one that can't be read is another.
    private func hasSameContent() -> Bool { (try? isEqual(to: OpenFile(reading: path))) ?? false }

    private func isEqual(to other: OpenFile) throws(SystemError) -> Bool {
        let size = try file.status().size
        guard try other.status().size == size else { return false }
        var (mine, theirs) = ([UInt8](repeating: 0, count: 1 << 16), [UInt8](repeating: 0, count: 1 << 16))
        var offset = 0
        while offset < size {
            let count = try file.read(at: offset, into: &mine)
            let otherCount = try other.read(at: offset, into: &theirs)
            guard count > 0, count == otherCount, mine[..<count] == theirs[..<count] else { return false }
            offset += count
        }
        return true
    }

    /// Where a path leads through symbolic links, the last of which may lead to nothing.
    private static func resolved(_ path: String) -> String {
        var path = path
        // As many as Linux follows.
        for _ in 0..<40 {
            // What is no link, or can't be read as one, is the place itself.
            guard let target = try? CLibrary.target(ofLink: path) else { break }
            path = target.isAbsolute ? target.string : "\(folder(of: path))/\(target.string)"
        }
        return path
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

extension OpenFile {
    /// Reads from a place in the file into an array, as ``read(at:into:)`` does.
    package func read(at offset: Int, into bytes: inout [UInt8]) throws(SystemError) -> Int {
        var bytes = bytes.mutableSpan
        return try bytes.withUnsafeMutableBytes { (buffer) throws(SystemError) in
            try read(at: offset, into: buffer)
        }
    }
}
