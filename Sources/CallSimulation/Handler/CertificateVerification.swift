import Glibc
import NIOCore
import Synchronization
public import TelephonyAudio

#if TLS
    import NIOSSL
#endif

/// Whose certificates are taken of a handler at `https://`.
public enum CertificateVerification: Sendable, Hashable {
    /// Those that the system's authorities have signed.
    case system
    /// Those that are signed by a certificate in a file, PEM.
    case certificates(file: String)
    /// Any, without a look at name, date or signature.
    case anything

    /// Whether this build speaks TLS: it does unless it was built without the package's trait `TLS`.
    public static var isAvailable: Bool {
        #if TLS
            true
        #else
            false
        #endif
    }

    /// Checks that there are certificates to go by, as each call would: before the first one is placed.
    ///
    /// - Throws: `noInput` if the file can't be read, `certificate` if it holds none.
    public func check() throws(SimulationError) {
        #if TLS
            guard case .certificates(let file) = self else { return }
            let descriptor = open(file, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw SimulationError(.noInput, file, "can't be opened: \(String(cString: strerror(errno)))")
            }
            close(descriptor)
            do throws(Refusal) { _ = try context() } catch {
                throw SimulationError(.certificate, file, "holds no certificates, or not as PEM")
            }
        #endif
    }

    /// Adds what encrypts to a pipeline.
    typealias Encryption = @Sendable (ChannelPipeline.SynchronousOperations) throws -> Void

    /// What encrypts a connection to a host.
    ///
    /// - Throws: `unreachable` if the certificates can't be read.
    func encryption(host: String) throws(Refusal) -> Encryption? {
        #if TLS
            let context = try context()
            // An address is no name for the handshake; it is looked for in the certificate all the same.
            let isName = (try? SocketAddress(ipAddress: host, port: 0)) == nil
            return { pipeline in
                try pipeline.addHandler(
                    NIOSSLClientHandler(context: context, serverHostname: isName ? host : nil))
            }
        #else
            return nil
        #endif
    }

    #if TLS
        /// Reading the system's authorities takes longer than many a call.
        private static let contexts = Mutex<[CertificateVerification: NIOSSLContext]>([:])

        private func context() throws(Refusal) -> NIOSSLContext {
            do {
                return try Self.contexts.withLock { contexts in
                    if let context = contexts[self] { return context }
                    let context = try NIOSSLContext(configuration: configuration)
                    contexts[self] = context
                    return context
                }
            } catch { throw Refusal(.unreachable, "the certificates can't be read\(source)") }
        }

        /// Where they should be, after a colon.
        private var source: String {
            if case .certificates(let file) = self { ": \(file)" } else { ": the system has none" }
        }

        private var configuration: TLSConfiguration {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.applicationProtocols = ["http/1.1"]
            switch self {
            case .system: break
            case .certificates(let file): configuration.trustRoots = .file(file)
            case .anything: configuration.certificateVerification = .none
            }
            return configuration
        }
    #endif
}
