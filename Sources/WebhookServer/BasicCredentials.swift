/// A login and a password, as HTTP Basic authentication has them (RFC 7617).
public struct BasicCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    private let expected: [UInt8]

    /// Credentials.
    ///
    /// - Parameters:
    ///   - login: without a colon.
    ///   - password: anything.
    public init(login: String, password: String) {
        expected = Self.base64(Array("\(login):\(password)".utf8))
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

    /// Base64 with padding (RFC 4648, section 4): these lines, and no module for audio, whose encoder is made for megabytes.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return stride(from: 0, to: bytes.count, by: 3).flatMap { start in
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            return (0...3).map { $0 <= group.count ? alphabet[bits >> (18 - 6 * $0) & 63] : UInt8(ascii: "=") }
        }
    }

    /// Says nothing.
    public var description: String { "(credentials)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
