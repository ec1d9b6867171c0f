import Files

extension JournalKey {
    /// The key that all of a user's programs on a machine have: the secret `RTMEDIA_SECRET`, or that of a file.
    ///
    /// The file is `rtmedia/secret` in `$XDG_STATE_HOME`, or in `~/.local/state`; it is made on first use, and only its owner may read it.
    /// Instances on several machines need the same `RTMEDIA_SECRET`.
    ///
    /// - Throws: a ``JournalKeyError`` that names the variable or the file.
    public static func fromEnvironment() throws(JournalKeyError) -> JournalKey {
        try from { Environment[$0] }
    }

    /// - Parameter variable: the value of a variable; nil if it is not set.
    static func from(_ variable: (_ name: String) -> String?) throws(JournalKeyError) -> JournalKey {
        if let secret = variable("RTMEDIA_SECRET") { return try JournalKey(secret, of: "RTMEDIA_SECRET") }
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
        return try JournalKey(String(decoding: bytes.filter { $0 > 32 }, as: UTF8.self), of: path)
    }

    private init(_ secret: String, of source: String) throws(JournalKeyError) {
        do { try self.init(secret: secret) } catch { throw JournalKeyError("\(source): \(error.description)") }
    }
}
