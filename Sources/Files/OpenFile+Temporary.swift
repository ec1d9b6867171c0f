import SystemPackage

extension OpenFile {
    /// A file without a name in `TMPDIR`, or else in `/tmp`, which is gone when it is closed; errors call it by the folder.
    ///
    /// - Throws: `makeTemporary`.
    package static func temporary() throws(SystemError) -> OpenFile {
        let named = Environment["TMPDIR"] ?? ""
        let folder = named.isEmpty ? "/tmp" : named
        if let unnamed = unnamed(in: folder, permissions: .ownerReadWrite) { return unnamed }
        let path = hiddenPath(in: folder)
        do throws(Errno) {
            let descriptor = try withErrno {
                try FileDescriptor.open(
                    path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
            }
            let file = OpenFile(owning: descriptor, name: folder)
            try CLibrary.remove(path)
            return file
        } catch { throw SystemError(.makeTemporary, folder, error) }
    }

    /// A file without a name in a folder; nil where the file system has no such files, or none can be made.
    static func unnamed(in folder: String, permissions: FilePermissions) -> OpenFile? {
        // Whatever the reason is, a file with a hidden name is tried next, and says why it can't be made.
        try? OpenFile(
            folder, .readWrite, [CLibrary.unnamedFile, .closeOnExec], permissions: permissions, for: .create)
    }

    /// A file with a hidden name that no other has.
    ///
    /// - Throws: `operation`.
    static func hidden(
        in folder: String, permissions: FilePermissions, for operation: SystemError.Operation
    ) throws(SystemError) -> (file: OpenFile, path: String) {
        let path = hiddenPath(in: folder)
        let file = try OpenFile(
            path, .readWrite, [.create, .exclusiveCreate, .closeOnExec], permissions: permissions, for: operation)
        return (file, path)
    }

    /// A name in a folder that begins with a dot and that no other file has.
    static func hiddenPath(in folder: String) -> String {
        "\(folder)/.rtmedia.\(CLibrary.processIdentifier).\(UInt32.random(in: 0...(.max)))"
    }
}

extension FilePermissions {
    /// What files are created with, less what the umask takes away: 666 and 600.
    static let usual: FilePermissions = [.ownerReadWrite, .groupReadWrite, .otherReadWrite]
}
