import SystemPackage

/// A small file that nobody but its owner may read.
package struct PrivateFile: Sendable {
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
        let file = try attempt { () throws(SystemError) in try OpenFile(reading: path) }
        let status = try attempt { () throws(SystemError) in try file.status() }
        if status.owner == CLibrary.user, status.isOpenToOthers {
            throw PrivateFileError(path, "others can read it: chmod 600 \(path)")
        }
        return try attempt { () throws(SystemError) in try file.contents(limit: Self.maximumBytes) }
    }

    /// Makes it, whole or not at all, and its folders, unless it is there already.
    ///
    /// - Throws: a ``PrivateFileError``.
    package func create(_ bytes: [UInt8]) throws(PrivateFileError) {
        let folder = PathName(path).folder
        try attempt { () throws(SystemError) in
            try Folder.make(folder, isPrivate: true)
            let (file, draft) = try OpenFile.hidden(
                in: folder.isEmpty ? "." : folder, permissions: .ownerReadWrite, for: .create)
            // A draft that can't be removed can be read by its owner alone, as the file itself.
            defer { try? CLibrary.remove(draft) }
            try file.write(bytes.span.bytes)
            do throws(Errno) { try CLibrary.synchronize(file.descriptor) } catch {
                throw SystemError(.write, path, error)
            }
            do throws(Errno) { try CLibrary.link(draft, to: path) } catch {
                // Another process may have been faster, and is right then.
                guard error == .fileExists else { throw SystemError(.create, path, error) }
            }
        }
    }

    /// Whether it is there.
    package var exists: Bool { FileAccess.exists(path) }

    private func attempt<Value>(_ body: () throws(SystemError) -> Value) throws(PrivateFileError) -> Value {
        do throws(SystemError) { return try body() } catch {
            let reason =
                switch error.operation {
                case .open: "can't be opened: \(error.reason)"
                case .look, .read: "can't be read: \(error.reason)"
                case .exceed(let limit): "has more than \(limit) bytes"
                case .write: "can't be written: \(error.reason)"
                default: "can't be created: \(error.reason)"
                }
            throw PrivateFileError(path, reason)
        }
    }
}

/// Why a private file can't be used.
package struct PrivateFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file and what is wrong with it, in one sentence.
    package let description: String

    init(_ path: String, _ reason: String) { description = "\(path): \(reason)" }
}
