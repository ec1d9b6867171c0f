import Files
import Synchronization

#if TLS
    import NIOSSL
#endif

/// What a server proves its name with: a certificate and the private key that belongs to it.
///
/// ```swift
/// configuration.tls = try TLSIdentity(certificate: "server.pem", key: "server.key")
/// ```
///
/// TLS 1.2 and later are spoken. A build without the package's trait `TLS` has the type all the same, and says so when one is made.
public final class TLSIdentity: Sendable {
    /// The file with the certificate.
    public let certificate: String
    /// The file with the private key.
    public let key: String

    #if TLS
        private let context: Mutex<NIOSSLContext>
    #endif

    /// Reads an identity.
    ///
    /// - Parameters:
    ///   - certificate: a file, PEM: the server's certificate, and after it those that lead to an authority's.
    ///   - key: a file, PEM: the private key, without a passphrase.
    /// - Throws: a ``WebhookServerError`` that names the file.
    public init(certificate: String, key: String) throws(WebhookServerError) {
        self.certificate = certificate
        self.key = key
        #if TLS
            context = Mutex(try Self.context(certificate: certificate, key: key))
        #else
            throw WebhookServerError(
                .noTLS, certificate,
                "this build has no TLS: build it with the package's trait TLS, which is on unless it is disabled")
        #endif
    }

    /// Reads the files again; new connections use what they contain, and existing ones continue.
    ///
    /// - Throws: a ``WebhookServerError``; the identity stays what it was.
    public func reload() throws(WebhookServerError) {
        #if TLS
            let new = try Self.context(certificate: certificate, key: key)
            context.withLock { $0 = new }
        #endif
    }
}

#if TLS
    extension TLSIdentity {
        /// What encrypts one connection.
        func newHandler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context.withLock { $0 }) }

        private static func context(certificate: String, key: String) throws(WebhookServerError) -> NIOSSLContext {
            let chain = try chain(certificate)
            let privateKey = try privateKey(key)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            do { return try NIOSSLContext(configuration: configuration) } catch {
                throw WebhookServerError(.key, key, "is not the key of the certificate in \(certificate)")
            }
        }

        private static func chain(_ file: String) throws(WebhookServerError) -> [NIOSSLCertificate] {
            let bytes = try bytes(of: file, .certificate)
            guard let chain = try? NIOSSLCertificate.fromPEMBytes(bytes), !chain.isEmpty else {
                throw WebhookServerError(.certificate, file, "has no certificate in it, in PEM form")
            }
            return chain
        }

        private static func privateKey(_ file: String) throws(WebhookServerError) -> NIOSSLPrivateKey {
            let bytes = try bytes(of: file, .key)
            // Nobody is there who could be asked for a passphrase.
            let silence: NIOSSLPassphraseCallback<[UInt8]> = { set in set([]) }
            guard let key = try? NIOSSLPrivateKey(bytes: bytes, format: .pem, passphraseCallback: silence) else {
                throw WebhookServerError(.key, file, "has no private key in it, in PEM form and without a passphrase")
            }
            return key
        }

        /// More than a chain of certificates has.
        private static let maximumBytes = 1 << 20

        private static func bytes(of file: String, _ code: WebhookServerError.Code) throws(WebhookServerError)
            -> [UInt8]
        {
            do throws(SystemError) { return try OpenFile(reading: file).contents(limit: maximumBytes) } catch {
                let reason =
                    switch error.operation {
                    case .open: "can't be opened: \(error.reason)"
                    case .exceed(let limit): "has more than \(limit) bytes, more than a certificate or key has"
                    default: "can't be read: \(error.reason)"
                    }
                throw WebhookServerError(code, file, reason)
            }
        }
    }
#endif
