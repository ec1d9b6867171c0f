import Glibc

/// A small file that nobody but its owner may read.
package struct PrivateFile {
    private let path: String

    /// A file that need not be there.
    package init(_ path: String) { self.path = path }

    /// The most bytes that it may have.
    private static let maximumBytes = 1024

    /// What it holds.
    ///
    /// Refused, as ssh refuses its keys, is one of our own that others may read; of another owner's we only know that we may.
    ///
    /// - Throws: a ``PrivateFileError``.
    package func read() throws(PrivateFileError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure("can't be opened") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("can't be read") }
        if status.st_uid == getuid(), status.st_mode & 0o077 != 0 {
            throw PrivateFileError(path, "others can read it: chmod 600 \(path)")
        }
        var bytes = [UInt8](repeating: 0, count: Self.maximumBytes + 1)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count >= 0 else { throw failure("can't be read") }
        guard count <= Self.maximumBytes else {
            throw PrivateFileError(path, "has more than \(Self.maximumBytes) bytes")
        }
        return Array(bytes.prefix(count))
    }

    /// Makes it, whole or not at all, and its folders, unless it is there already.
    ///
    /// - Throws: a ``PrivateFileError``.
    package func create(_ bytes: [UInt8]) throws(PrivateFileError) {
        makeFolders()
        var draft = Array("\(path).XXXXXX".utf8CString)
        let file = mkstemp(&draft)  // readable by its owner alone
        guard file >= 0 else { throw failure("can't be created") }
        defer { unlink(draft) }
        let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        guard close(file) == 0, isWritten else { throw failure("can't be written") }
        // Another process may have been faster, and is right then.
        guard link(draft, path) == 0 || errno == EEXIST else { throw failure("can't be created") }
    }

    /// Whether it is there.
    package var exists: Bool { access(path, F_OK) == 0 }

    private func makeFolders() {
        var folder = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            mkdir(folder, 0o700)
        }
    }

    private func failure(_ what: String) -> PrivateFileError {
        PrivateFileError(path, "\(what): \(String(cString: strerror(errno)))")
    }
}

/// Why a private file can't be used.
package struct PrivateFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file and what is wrong with it, in one sentence.
    package let description: String

    init(_ path: String, _ reason: String) { description = "\(path): \(reason)" }
}
