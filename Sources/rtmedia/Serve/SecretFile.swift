import ArgumentParser
import CallFlows
import Glibc

/// The process's environment.
enum Environment {
    static subscript(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// The secret that journals are authenticated with: `RTMEDIA_SECRET`, or a file of its owner's alone.
enum SecretFile {
    /// The key; the file is made if it is not there.
    static func key() throws -> JournalKey {
        do throws(JournalKeyError) {
            if let secret = Environment["RTMEDIA_SECRET"] { return try JournalKey(secret: secret) }
        } catch { throw problem("RTMEDIA_SECRET: \(error.description)") }
        let path = try path()
        guard let secret = try read(path) ?? (try create(path)) ?? (try read(path)) else {
            throw problem("\(path): can't be read")
        }
        do throws(JournalKeyError) { return try JournalKey(secret: secret) } catch {
            throw problem("\(path): \(error.description)")
        }
    }

    private static func problem(_ message: String) -> ExitCode {
        Console.note("rtmedia: \(message)")
        return ExitStatus.configuration
    }

    /// Where state is kept (XDG Base Directory Specification).
    private static func path() throws -> String {
        let state = Environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        guard let folder = state ?? Environment["HOME"].map({ "\($0)/.local/state" }) else {
            throw problem("set RTMEDIA_SECRET: there is no home folder to keep a secret in")
        }
        var made = ""
        for part in "\(folder)/rtmedia".split(separator: "/") {
            made += "/\(part)"
            mkdir(made, 0o700)
        }
        return "\(made)/secret"
    }

    private static func read(_ path: String) throws -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw problem("\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw problem("\(path): others can read it: chmod 600 \(path), or set RTMEDIA_SECRET")
        }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = Glibc.read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)).filter { $0 > 32 }, as: UTF8.self)
    }

    /// Makes the file, whole or not at all; nil if another process was faster.
    private static func create(_ path: String) throws -> String? {
        let draft = "\(path).\(getpid())"
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw problem("\(draft): \(String(cString: strerror(errno)))") }
        defer { unlink(draft) }
        let secret = JournalKey.newSecret()
        let isWritten = Console.write(secret + "\n", to: file)
        guard close(file) == 0, isWritten else { throw problem("\(draft): \(String(cString: strerror(errno)))") }
        guard link(draft, path) == 0 else {
            if errno == EEXIST { return nil }
            throw problem("\(path): \(String(cString: strerror(errno)))")
        }
        return secret
    }
}
