import NIOCore
import NIOHTTP1
import NIOPosix
import SystemPackage

#if TLS
    import NIOSSL
#endif

/// Asks other servers for what a handler needs to know, over HTTP, as `get` and `post` of flow files do.
///
/// ```swift
/// let client = try LookupClient()
/// let file = try FlowFile.load(path: "menu.yaml", lookups: .network(client.exchange))
/// ```
///
/// Each look-up is a connection of its own, to the address that is given and to no other, with a certificate that
/// is checked. Redirections are not followed, long or late answers are errors, and no more than a number of
/// them are in progress at a time, so that thousands of calls do not use up the files that the process may open.
public struct LookupClient: Sendable {
    /// The longest body of an answer, in bytes.
    public static let maximumBodySize = 64 << 10
    /// The most look-ups of a client that may be in progress at a time.
    public static let maximumCount = 128

    private let underWay = LookupCount()

    #if TLS
        private let trust: LookupTrust
    #endif

    /// A client.
    ///
    /// - Parameter certificates: a file with the certificates, PEM, of the authorities that are trusted; nil for the system's.
    /// - Throws: a ``WebhookServerError`` that names the file.
    public init(certificates: String? = nil) throws(WebhookServerError) {
        #if TLS
            trust = LookupTrust(certificates)
            // A file that is named is looked at now, and not in the midst of a call.
            if certificates != nil { _ = try trust.context() }
        #else
            if let certificates {
                throw WebhookServerError(
                    .noTLS, certificates,
                    "this build has no TLS: build it with the package's trait TLS, which is on unless it is disabled"
                )
            }
        #endif
    }

    /// Sends a request, and waits for the answer.
    ///
    /// - Parameters:
    ///   - method: `GET` or `POST`.
    ///   - address: `http://` or `https://`, without a login or a fragment; ASCII.
    ///   - fields: the header fields, without `Host`, `Content-Length`, `Connection` and `User-Agent`.
    ///   - body: the body; empty for none.
    ///   - timeout: from the first look for the host to the last byte of the answer.
    /// - Returns: the answer, whatever its status.
    /// - Throws: a ``LookupError`` if there is none.
    public func exchange(
        _ method: String, _ address: String, _ fields: [(name: String, value: String)], _ body: [UInt8],
        _ timeout: Duration
    ) async throws -> (status: Int, body: [UInt8]) {
        let place = try LookupPlace(address)
        guard underWay.begin() else { throw LookupError("\(Self.maximumCount) look-ups are in progress already") }
        defer { underWay.end() }
        var head = HTTPRequestHead(
            version: .http1_1, method: method == "POST" ? .POST : .GET, uri: place.target,
            headers: ["Host": place.host + place.portText])
        for field in fields { head.headers.add(name: field.name, value: field.value) }
        if !body.isEmpty || method == "POST" {
            head.headers.replaceOrAdd(name: "Content-Length", value: String(body.count))
        }
        head.headers.replaceOrAdd(name: "User-Agent", value: "rtmedia")
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        let encryption = place.isSecure ? try encryption(place) : nil
        let answer = try await Self.exchange(head, body, place, timeout, encryption)
        return (answer.status, answer.body)
    }

    private typealias Encryption = @Sendable (ChannelPipeline.SynchronousOperations) throws -> Void

    private func encryption(_ place: LookupPlace) throws(LookupError) -> Encryption {
        #if TLS
            let tls: NIOSSLContext
            do throws(WebhookServerError) { tls = try trust.context() } catch { throw LookupError("\(error)") }
            return { pipeline in
                // An address is no name for the handshake; it is looked for in the certificate all the same.
                try pipeline.addHandler(
                    NIOSSLClientHandler(context: tls, serverHostname: place.isNumber ? nil : place.host))
            }
        #else
            throw LookupError("this build has no TLS")
        #endif
    }

    private static func exchange(
        _ head: HTTPRequestHead, _ body: [UInt8], _ place: LookupPlace, _ timeout: Duration,
        _ encryption: Encryption?
    ) async throws -> LookupHandler.Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: LookupHandler.Answer.self)
        let bootstrap = ClientBootstrap(group: loop)
            .connectTimeout(TimeAmount(timeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try encryption?(pipeline)
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(LookupHandler(head, ByteBuffer(bytes: body), promise))
                }
            }
        let connection = bootstrap.connect(host: place.plainHost, port: place.port)
        // All that can go wrong ends in the promise, with the deadline as the last resort.
        connection.whenFailure { promise.fail($0) }
        let deadline = loop.scheduleTask(in: TimeAmount(timeout)) { promise.fail(LateAnswer()) }
        let result: Result<LookupHandler.Answer, any Error>
        do { result = .success(try await promise.futureResult.get()) } catch { result = .failure(error) }
        deadline.cancel()
        connection.whenSuccess { $0.close(promise: nil) }
        switch result {
        case .success(let answer): return answer
        case .failure(let error): throw LookupError(error, timeout)
        }
    }
}

/// An answer did not come in time.
struct LateAnswer: Error {}

/// Why a look-up has no answer, in a few words without what was sent.
public struct LookupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The words.
    public let description: String

    init(_ description: String) { self.description = description }

    init(_ error: any Error, _ timeout: Duration) {
        switch error {
        case let error as LookupError: self = error
        case is LateAnswer, ChannelError.connectTimeout:
            self.init("no answer within \(timeout / .seconds(1)) s")
        case is HTTPParserError: self.init("the answer is not HTTP")
        case let error as NIOConnectionError where error.connectionErrors.isEmpty: self.init("no such host")
        case let error as NIOConnectionError: self.init(error.connectionErrors[0].error, timeout)
        case let error as IOError where Errno(rawValue: error.errnoCode) == .connectionRefused:
            self.init("the connection was refused")
        default: self.init(Self.isUntrusted(error) ? "the certificate is not trusted" : "the connection failed")
        }
    }

    private static func isUntrusted(_ error: any Error) -> Bool {
        #if TLS
            switch error {
            case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate: return true
            case NIOSSLError.handshakeFailed(.sslError(let errors)):
                return errors.contains { $0.description.contains("CERTIFICATE_VERIFY_FAILED") }
            case let error as NIOSSLExtraError: return error == .failedToValidateHostname
            default: return false
            }
        #else
            return false
        #endif
    }
}
