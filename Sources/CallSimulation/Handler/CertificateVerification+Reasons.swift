#if TLS
    import NIOSSL
#endif

extension CertificateVerification {
    /// What went wrong with the encryption, in words; nil if it is none of that.
    ///
    /// - Parameter place: what the handler is called.
    static func reason(for error: any Error, _ place: String) -> String? {
        #if TLS
            switch error {
            case NIOSSLError.handshakeFailed(.sslError(let stack)): return reason(stack.map(\.description), place)
            case NIOSSLError.handshakeFailed: return "the TLS handshake with \(place) failed"
            case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate: return untrusted(place)
            case NIOSSLError.uncleanShutdown: return "\(place) closed the TLS connection"
            case let error as NIOSSLExtraError where error == .failedToValidateHostname:
                return "the certificate of \(place) is for another host"
            default: return nil
            }
        #else
            return nil
        #endif
    }

    #if TLS
        private static func untrusted(_ place: String) -> String {
            "no trusted authority has signed the certificate of \(place), or it is not valid now"
        }

        /// - Parameter errors: of BoringSSL, as in `Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:NAME at FILE:LINE`.
        private static func reason(_ errors: [String], _ place: String) -> String {
            let names = errors.compactMap { error in
                error.split(separator: " at ")[0].split(separator: "OPENSSL_internal:").dropFirst().last
            }
            // What a server sends that speaks plain HTTP is no record of TLS.
            if names.contains(where: { ["WRONG_VERSION_NUMBER", "HTTP_REQUEST"].contains($0) }) {
                return "\(place) does not speak TLS: is it http://?"
            }
            if names.contains("CERTIFICATE_VERIFY_FAILED") { return untrusted(place) }
            guard let name = names.first else {
                return "\(place) closed the connection in the TLS handshake: does it speak TLS?"
            }
            let words = name.lowercased().replacing("_", with: " ")
            return "the TLS handshake with \(place) failed: \(words)"
        }
    #endif
}
