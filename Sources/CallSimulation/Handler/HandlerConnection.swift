import NIOCore
import NIOHTTP1
import NIOPosix
import TelephonyAudio

/// The platform's HTTP client: one connection to a handler, kept alive from request to request.
///
/// The virtual clock stands while a handler thinks. The five seconds are real ones, from the first byte sent to the last
/// one received; they are measured on the connection's own thread, so that a busy simulation does not lengthen them.
final class HandlerConnection {
    /// What a handler answered.
    struct Answer: Sendable {
        let status: Int
        /// Empty if there is none.
        let contentType: String
        let body: [UInt8]
        /// When the request was sent.
        let start: ContinuousClock.Instant
        /// How long it took from then on.
        let time: Duration
        /// Whether more came than an answer has, with this one or since the one before.
        var isFollowed = false
    }

    static let bodyLimit = 16 << 20

    private let address: HandlerAddress
    private let verification: CertificateVerification
    private let patience: Duration
    private let headers: HTTPHeaders
    private let eventLoopGroup: any EventLoopGroup
    private var channel: (any Channel)?
    private let excess = Flag()

    init(_ setup: CallSetup) {
        address = setup.handler
        verification = setup.verification
        patience = setup.patience
        eventLoopGroup = setup.eventLoopGroup
        var headers = HTTPHeaders([("Host", address.hostHeader), ("Accept", "*/*")])
        if let credentials = address.credentials {
            headers.add(name: "Authorization", value: "Basic " + Base64.encode(Array(credentials.utf8).span.bytes))
        }
        self.headers = headers
    }

    deinit { channel?.close(promise: nil) }

    /// Whether requests can be sent over a connection that is there already.
    var isOpen: Bool { channel?.isActive == true }

    /// Closes the connection, if there is one; the next request opens another.
    func close() {
        channel?.close(promise: nil)
        channel = nil
    }

    /// What an error of the network is to the platform.
    func refusal(of error: any Error) -> Refusal { Refusal(error, address: address, patience: patience) }

    /// POSTs a request once, and waits for its answer.
    ///
    /// - Throws: ``ClosedWithoutAnswer`` if the connection ends meanwhile, and what NIO throws.
    func exchange(_ body: [UInt8], _ contentType: String, _ pause: Duration?) async throws -> Answer {
        let channel = try await connected()
        let promise = channel.eventLoop.makePromise(of: Answer.self)
        // What the pipeline says of a failure is more than what the write does, and comes after it.
        channel.writeAndFlush(post(body, contentType, pause, promise)).whenFailure { error in
            channel.eventLoop.execute { promise.fail(error) }
        }
        // Who waits no more has nothing more to do with the connection.
        var answer = try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        answer.isFollowed = excess.take()
        return answer
    }

    /// POSTs a request, and closes the connection when the answer is there, which nobody sees.
    ///
    /// The handler has done by then what it does with the request: one that is asked again before that would have two at the
    /// same time. What it answered, late, wrong or not at all, is of no consequence: what the platform has not seen, it asks
    /// for again.
    ///
    /// - Throws: `unreachable` if nobody is there.
    func abandon(_ body: [UInt8]) async throws(Refusal) {
        do { _ = try await connected() } catch { throw refusal(of: error) }
        _ = try? await exchange(body, "application/json", nil)
        close()
    }

    private func post(
        _ body: [UInt8], _ contentType: String, _ pause: Duration?, _ promise: EventLoopPromise<Answer>
    ) -> PostHandler.Post {
        var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: address.path, headers: headers)
        head.headers.add(name: "Content-Length", value: String(body.count))
        head.headers.add(name: "Content-Type", value: contentType)
        return PostHandler.Post(
            head: head, body: ByteBuffer(bytes: body), patience: TimeAmount(patience),
            pause: pause.map { TimeAmount($0) },
            promise: promise)
    }

    /// The connection that is there, or a new one.
    private func connected() async throws -> any Channel {
        if let channel, channel.isActive { return channel }
        let encryption = try address.isSecure ? verification.encryption(host: address.host) : nil
        let eventLoop = eventLoopGroup.next()
        let excess = excess
        let ready = eventLoop.makePromise(of: Void.self)
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(patience))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try encryption?(pipeline)
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandlers(
                        NIOHTTPClientResponseAggregator(maxContentLength: Self.bodyLimit),
                        PostHandler(ready: ready, hasHandshake: encryption != nil, excess: excess))
                }
            }
        let number = try? SocketAddress(ipAddress: address.host, port: Int(address.port))
        let connection =
            number.map { bootstrap.connect(to: $0) } ?? bootstrap.connect(host: address.host, port: Int(address.port))
        // All that can go wrong before requests can be sent ends in this promise, with the deadline as the last resort.
        connection.whenFailure { ready.fail($0) }
        let patience = TimeAmount(patience)
        let deadline = eventLoop.scheduleTask(in: patience) { ready.fail(ChannelError.connectTimeout(patience)) }
        defer { deadline.cancel() }
        do { try await ready.futureResult.get() } catch {
            connection.whenSuccess { $0.close(promise: nil) }
            throw error
        }
        channel = try await connection.get()
        return channel!
    }
}
