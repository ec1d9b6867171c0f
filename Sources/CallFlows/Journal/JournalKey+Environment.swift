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
        // The XDG Base Directory Specification takes a variable that is empty or relative for none.
        func place(_ name: String) -> String? { variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
        if let secret = variable("RTMEDIA_SECRET") { return try JournalKey(secret, of: "RTMEDIA_SECRET") }
        guard let folder = place("XDG_STATE_HOME") ?? place("HOME").map({ "\($0)/.local/state" }) else {
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
