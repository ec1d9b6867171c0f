/// Why a server can't speak TLS.
public struct TLSError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: Sendable, Hashable {
        /// The build has no TLS.
        case unavailable
        /// The certificate can't be read.
        case certificate
        /// The private key can't be read, or belongs to another certificate.
        case key
    }

    /// What is wrong.
    public let code: Code
    /// The file.
    public let file: String
    /// What is wrong with it, and what can be done.
    public let reason: String

    init(_ code: Code, file: String, _ reason: String) {
        self.code = code
        self.file = file
        self.reason = reason
    }

    /// The file and the reason.
    public var description: String { "\(file): \(reason)" }
}
