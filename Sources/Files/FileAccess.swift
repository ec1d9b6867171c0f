import SystemPackage

/// Whether this process may use a file, as access(2) says; only using it tells for certain.
package enum FileAccess {
    /// Whether there is a file at a path.
    package static func exists(_ path: String) -> Bool { allows(.existence, path) }

    /// Whether there is a program at a path.
    package static func canExecute(_ path: String) -> Bool { allows(.execution, path) }

    /// - Throws: `open` if a file can't be read.
    package static func expectReadable(_ path: String) throws(SystemError) {
        do throws(Errno) { try expect(.reading, path) } catch { throw SystemError(.open, path, error) }
    }

    private static func allows(_ access: CLibrary.Access, _ path: String) -> Bool {
        // Any reason is a no.
        (try? expect(access, path)) != nil
    }

    private static func expect(_ access: CLibrary.Access, _ path: String) throws(Errno) {
        guard !path.utf8.contains(0) else { throw .noSuchFileOrDirectory }
        try CLibrary.expect(access, path)
    }
}
