import TelephonyAudio

/// A login and a password, as HTTP Basic authentication has them (RFC 7617).
public struct BasicCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    private let expected: [UInt8]

    /// Credentials.
    ///
    /// - Parameters:
    ///   - login: without a colon.
    ///   - password: anything.
    public init(login: String, password: String) {
        expected = Array(Base64.encode(Array("\(login):\(password)".utf8).span.bytes).utf8)
    }

    /// Whether a header's value gives them; takes the same time whatever is wrong with it.
    func match(_ authorization: String?) -> Bool {
        guard let authorization, authorization.utf8.count > 6, authorization.prefix(6).lowercased() == "basic " else {
            return false
        }
        let given = Array(authorization.utf8.dropFirst(6))
        var difference = given.count ^ expected.count
        for index in expected.indices {
            difference |= Int(expected[index] ^ (index < given.count ? given[index] : 0))
        }
        return difference == 0
    }

    /// Says nothing.
    public var description: String { "(credentials)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
