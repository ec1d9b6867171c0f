import Files

extension JournalKey {
    /// The key that all of a user's programs on a machine have: the secret `RTMEDIA_SECRET`, or that of a file.
    ///
    /// The file is the one that `RTMEDIA_SECRET_FILE` names, such as a credential of systemd or a mounted secret. By default it is
    /// `rtmedia/secret` in `$XDG_STATE_HOME`, or in `~/.local/state`, and is made on first use. A file of the user's own that others may
    /// read is refused. Instances on several machines need the same secret.
    ///
    /// - Throws: a ``JournalKeyError`` that names the variable or the file.
    public static func fromEnvironment() throws(JournalKeyError) -> JournalKey {
        try from { Environment[$0] }
    }

    /// - Parameter variable: the value of a variable; nil if it is not set.
    static func from(_ variable: (_ name: String) -> String?) throws(JournalKeyError) -> JournalKey {
        let named = variable("RTMEDIA_SECRET_FILE")
        if let secret = variable("RTMEDIA_SECRET") {
            guard named == nil else { throw JournalKeyError("set RTMEDIA_SECRET or RTMEDIA_SECRET_FILE, not both") }
            return try JournalKey(secret, of: "RTMEDIA_SECRET")
        }
        if let named {
            let bytes: [UInt8]
            do throws(PrivateFileError) { bytes = try PrivateFile(named).read() } catch {
                throw JournalKeyError("RTMEDIA_SECRET_FILE: \(error.description)")
            }
            return try JournalKey(bytes, of: named)
        }
        let home = Environment.folder("HOME", in: variable).map { "\($0)/.local/state" }
        guard let folder = Environment.folder("XDG_STATE_HOME", in: variable) ?? home else {
            throw JournalKeyError("set RTMEDIA_SECRET: there is no home folder to keep a secret in")
        }
        let path = "\(folder)/rtmedia/secret"
        let file = PrivateFile(path)
        let bytes: [UInt8]
        do throws(PrivateFileError) {
            if !file.exists { try file.create(Array("\(newSecret())\n".utf8)) }
            bytes = try file.read()
        } catch { throw JournalKeyError("\(error.description); or set RTMEDIA_SECRET") }
        return try JournalKey(bytes, of: path)
    }

    /// The secret of a file, without the end of its line: the same text in `RTMEDIA_SECRET` is the same key.
    private init(_ bytes: [UInt8], of file: String) throws(JournalKeyError) {
        let end = bytes.lastIndex { $0 != 10 && $0 != 13 }.map { $0 + 1 } ?? 0
        guard let secret = String(validating: bytes[..<end], as: UTF8.self) else {
            throw JournalKeyError("\(file): the secret is not text in UTF-8")
        }
        try self.init(secret, of: file)
    }

    private init(_ secret: String, of source: String) throws(JournalKeyError) {
        do { try self.init(secret: secret) } catch { throw JournalKeyError("\(source): \(error.description)") }
    }
}
