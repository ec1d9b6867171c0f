/// Why a server can't serve.
public struct WebhookServerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: Sendable, Hashable {
        /// The address and the port can't be listened on.
        case address
        /// The build has no TLS.
        case noTLS
        /// The certificate can't be read.
        case certificate
        /// The private key can't be read, or belongs to another certificate.
        case key
    }

    /// What is wrong.
    public let code: Code
    /// The file, or the address and the port.
    public let subject: String
    /// What is wrong with it, and what can be done.
    public let reason: String

    init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// The subject and the reason.
    public var description: String { "\(subject): \(reason)" }
}
