import Glibc
import TelephonyAudio

/// A file that appears under its name whole or not at all.
///
/// It is written without a name in the target's folder (`O_TMPFILE`) and linked when it is complete, so that not even being
/// killed leaves a part. Where the file system can't do that, it has a hidden name, removed on failure.
package final class AtomicFile {
    let file: FileDescriptor
    /// What the caller calls it.
    private let name: String
    /// Where it will be: where links lead, which are kept.
    private let path: String
    /// The hidden name, where there is one.
    private var hiddenPath: String?

    /// - Throws: `cannotCreate` if the folder does not exist or can't be written.
    init(_ name: String) throws(ConversionError) {
        self.name = name
        path = Self.resolved(name)
        if let unnamed = FileDescriptor.unnamed(in: Self.folder(of: path), mode: 0o666) {
            file = unnamed
            return
        }
        let hiddenPath = Self.hiddenPath(for: path)
        let named = open(hiddenPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard named >= 0 else {
            throw ConversionError(.cannotCreate, file: name, "can't be created: \(systemErrorText)")
        }
        self.hiddenPath = hiddenPath
        file = FileDescriptor(owning: named)
    }

    deinit { if let hiddenPath { unlink(hiddenPath) } }

    /// Writes a file that appears whole or not at all.
    ///
    /// - Parameters:
    ///   - bytes: what it holds.
    ///   - path: its name; a pipe or a device is written to.
    ///   - replacing: whether a file that exists may be replaced; one that has just this content already is a success.
    /// - Throws: `exists` if another file has the name, `cannotCreate` if the folder can't be written, `inputOutput` if writing
    ///   fails.
    package static func write(_ bytes: [UInt8], to path: String, replacing: Bool) throws(ConversionError) {
        let isStream = isStream(path)
        let stream = isStream ? open(path, O_WRONLY | O_CLOEXEC) : -1
        guard !isStream || stream >= 0 else {
            throw ConversionError(.cannotCreate, file: path, "can't be opened: \(systemErrorText)")
        }
        let atomic = isStream ? nil : try AtomicFile(path)
        let file = atomic?.file ?? FileDescriptor(owning: stream)
        guard bytes.withUnsafeBytes({ file.write($0) }) else {
            throw ConversionError(.inputOutput, file: path, "writing failed: \(systemErrorText)")
        }
        _ = try atomic?.commit(replacing: replacing)
    }

    /// Whether a path leads to a pipe, a device or an open descriptor, which is written to and not replaced.
    static func isStream(_ path: String) -> Bool {
        // Links there lead to files that others have open; a rename would put a file in the link's place.
        if ["/dev/fd/", "/dev/std", "/proc/"].contains(where: path.hasPrefix) { return true }
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        return ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    }

    /// Gives the file its name.
    ///
    /// - Parameter replacing: whether a file that has the name may be replaced.
    /// - Returns: whether a file with this name and content was there already.
    /// - Throws: `exists` if another file has the name and must not be replaced, `cannotCreate` if the folder can't be written.
    func commit(replacing: Bool) throws(ConversionError) -> Bool {
        if replacing {
            if hiddenPath == nil {
                let hiddenPath = Self.hiddenPath(for: path)
                guard link(to: hiddenPath) else { throw failure("can't be created: \(systemErrorText)") }
                self.hiddenPath = hiddenPath
            }
            guard rename(hiddenPath!, path) == 0 else { throw failure("can't be replaced: \(systemErrorText)") }
            hiddenPath = nil
            return false
        }
        if link(to: path) { return false }
        guard errno == EEXIST else { throw failure("can't be created: \(systemErrorText)") }
        guard hasSameContent() else { throw failure("exists already, with other content", .exists) }
        return true
    }

    /// Links the file to a name that must be free.
    private func link(to name: String) -> Bool {
        linkat(AT_FDCWD, hiddenPath ?? "/proc/self/fd/\(file.number)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
    }

    private func hasSameContent() -> Bool {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return false }
        let other = FileDescriptor(owning: number)
        guard other.status.st_size == file.status.st_size else { return false }
        var mine = [UInt8](repeating: 0, count: 1 << 16)
        var theirs = mine
        var offset = 0
        while offset < file.status.st_size {
            let count = mine.withUnsafeMutableBytes { file.read(at: offset, into: $0) }
            let otherCount = theirs.withUnsafeMutableBytes { other.read(at: offset, into: $0) }
            guard let count, count > 0, count == otherCount, mine[..<count] == theirs[..<count] else { return false }
            offset += count
        }
        return true
    }

    /// Where a path leads through symbolic links, the last of which may lead to nothing.
    private static func resolved(_ path: String) -> String {
        var path = path
        // As many as Linux follows.
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0, count < buffer.count else { break }
            let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            path = target.hasPrefix("/") ? target : "\(folder(of: path))/\(target)"
        }
        return path
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func hiddenPath(for path: String) -> String {
        "\(folder(of: path))/.rtmedia.\(getpid()).\(UInt32.random(in: 0...(.max)))"
    }

    private func failure(_ reason: String, _ code: ConversionError.Code = .cannotCreate) -> ConversionError {
        ConversionError(code, file: name, reason)
    }
}
