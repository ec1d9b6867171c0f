import Crypto
import FoundationEssentials

/// The secret that journals are authenticated with (HMAC with SHA-256, RFC 2104).
///
/// All instances that serve a flow have the same one. It never appears in a description or a log.
public struct JournalKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: SymmetricKey

    /// The fewest bytes that a secret has.
    public static let minimumLength = 16

    /// A key.
    ///
    /// - Parameter secret: any text of 16 bytes or more.
    /// - Throws: a ``JournalKeyError`` if it is shorter.
    public init(secret: String) throws(JournalKeyError) {
        guard secret.utf8.count >= Self.minimumLength else {
            throw JournalKeyError(
                "the secret has \(secret.utf8.count) bytes, and at least \(Self.minimumLength) are needed")
        }
        key = SymmetricKey(data: Array(secret.utf8))
    }

    /// A key that no other process has.
    public static func random() -> JournalKey { JournalKey(key: SymmetricKey(size: .bits256)) }

    private init(key: SymmetricKey) { self.key = key }

    /// A new secret for ``init(secret:)``: 64 hexadecimal digits.
    public static func newSecret() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
            bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        }
    }

    /// The code of a message, 32 bytes.
    func code(_ message: [UInt8]) -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: message, using: key)) }

    /// Whether a code is that of a message, in constant time.
    func isCode(_ code: some Sequence<UInt8>, of message: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(Array(code), authenticating: message, using: key)
    }

    /// Says nothing.
    public var description: String { "(secret)" }
    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a key can't be had, in one sentence.
public struct JournalKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
