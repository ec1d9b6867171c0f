import Glibc

/// Owns an open file descriptor and closes it.
package final class FileDescriptor: Sendable {
    let number: Int32

    init(owning number: Int32) {
        self.number = number
    }

    deinit { close(number) }

    /// What fstat says of the file.
    var status: stat {
        var status = stat()
        fstat(number, &status)
        return status
    }

    /// Reads from a place in the file, as much as there is up to the buffer's size; nil on an error, which is in `errno`.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        var total = 0
        while total < buffer.count {
            let count = pread(number, buffer.baseAddress! + total, buffer.count - total, off_t(offset + total))
            if count < 0 && errno == EINTR { continue }
            if count < 0 { return nil }
            if count == 0 { break }
            total += count
        }
        return total
    }

    /// Writes all bytes, at the descriptor's position or at a given one; false on an error, which is in `errno`.
    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) -> Bool {
        var total = 0
        while total < bytes.count {
            let start = bytes.baseAddress! + total
            let rest = bytes.count - total
            let count =
                offset.map { pwrite(number, start, rest, off_t($0 + total)) } ?? Glibc.write(number, start, rest)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { return false }
            total += count
        }
        return true
    }

    /// A file without a name in a folder; nil on an error, which is in `errno`, or where the file system has no such files.
    static func unnamed(in folder: String, mode: mode_t) -> FileDescriptor? {
        // O_TMPFILE, which Glibc shows only to those who define _GNU_SOURCE.
        let temporary = 0o20_000_000 | O_DIRECTORY
        let number = open(folder, temporary | O_RDWR | O_CLOEXEC, mode)
        return number >= 0 ? FileDescriptor(owning: number) : nil
    }

    /// An unnamed file in TMPDIR, which is gone when it is closed; nil on an error, which is in `errno`.
    package static func temporary() -> FileDescriptor? {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        let folder = named.isEmpty ? "/tmp" : named
        if let unnamed = unnamed(in: folder, mode: 0o600) { return unnamed }
        var template = Array("\(folder)/rtmedia.XXXXXX".utf8CString)
        let number = mkstemp(&template)
        guard number >= 0 else { return nil }
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return FileDescriptor(owning: number)
    }
}

/// The text of the last C library error, as in "No space left on device".
package var systemErrorText: String {
    String(cString: strerror(errno))
}
