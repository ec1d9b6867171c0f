#if TLS
    import NIOSSL
    import Synchronization

    /// The authorities that look-ups trust.
    ///
    /// They are read for the first look-up over TLS: the system's took 15 ms of a server's start, and 3 MB.
    final class LookupTrust: Sendable {
        private let certificates: String?
        private let known = Mutex<NIOSSLContext?>(nil)

        /// - Parameter certificates: a file with the certificates, PEM; nil for the system's.
        init(_ certificates: String?) { self.certificates = certificates }

        /// What connections are made with.
        ///
        /// - Throws: a ``WebhookServerError`` that names the file.
        func context() throws(WebhookServerError) -> NIOSSLContext {
            try known.withLock { (known) throws(WebhookServerError) in
                if let known { return known }
                var configuration = TLSConfiguration.makeClientConfiguration()
                configuration.minimumTLSVersion = .tlsv12
                configuration.applicationProtocols = ["http/1.1"]
                if let certificates { configuration.trustRoots = .file(certificates) }
                do {
                    let context = try NIOSSLContext(configuration: configuration)
                    known = context
                    return context
                } catch {
                    throw WebhookServerError(
                        .certificate, certificates ?? "the system",
                        "has no certificates that can be read, in PEM form")
                }
            }
        }
    }
#endif
