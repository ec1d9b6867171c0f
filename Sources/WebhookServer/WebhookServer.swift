import Files
public import Logging
public import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
public import RealTimeAPI
public import ServiceLifecycle
import Synchronization
import SystemPackage
import UnixSignals

/// Serves a webhook: takes the platform's requests over HTTP and answers them with a handler's commands.
///
/// ```swift
/// let server = WebhookServer(FlowHost(ageCheck, key: key).respond)
/// try await server.runUntilTerminated()
/// ```
///
/// `POST /` is the webhook, `GET /health` answers while it runs, `GET /metrics` shows the metrics. Whatever is wrong with a request
/// is answered with a status that says so and `{"error": ...}`; calls in progress do not notice.
public struct WebhookServer: Service {
    /// What answers a request: the plain form of a handler, which `FlowHost.respond(to:)` is too.
    ///
    /// Until it first waits it runs on the connection's event loop, where it must not block. Flows do not run there.
    public typealias Handler = @Sendable (Request) async throws -> Response

    /// Where it listens and what it accepts.
    public var configuration: WebhookServerConfiguration
    private let handler: Handler
    private let logger: Logger
    private let eventLoopGroup: (any EventLoopGroup)?
    private let onListening: @Sendable (Int) async -> Void

    /// A server.
    ///
    /// - Parameters:
    ///   - configuration: where it listens and what it accepts.
    ///   - logger: gets failures; never digits, numbers, credentials or audio.
    ///   - eventLoopGroup: where connections are served, and which goes on without the server; nil makes one whenever the server
    ///     runs, with as many loops as there are processors that the process may run on.
    ///   - onListening: is called with the port once requests are taken.
    ///   - handler: answers requests. An error that it throws hangs up the call, and is logged.
    public init(
        configuration: WebhookServerConfiguration = WebhookServerConfiguration(),
        logger: Logger = Logger(label: "rtmedia.server"),
        eventLoopGroup: (any EventLoopGroup)? = nil,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        _ handler: @escaping Handler
    ) {
        self.configuration = configuration
        self.logger = logger
        self.eventLoopGroup = eventLoopGroup
        self.onListening = onListening
        self.handler = handler
    }

    /// Serves until the task is cancelled, or its service group shuts down; it answers the requests in progress first.
    ///
    /// A client that does not take its answer, or send its request, is waited for no longer than 20 s.
    ///
    /// - Throws: a ``WebhookServerError`` if the port can't be had.
    public func run() async throws {
        let responder = WebhookResponder(configuration: configuration, logger: logger, handler: handler)
        defer { responder.finishLog() }
        if let eventLoopGroup { return try await run(responder, on: eventLoopGroup) }
        // NIO's own shared group does not ask which processors may be used, and each loop more would wait for its turn. Nor does it
        // end with the server, as these loops do: none of them runs on while the process ends.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: ProcessorCount.usable)
        let result: Result<Void, any Error>
        do { result = .success(try await run(responder, on: group)) } catch { result = .failure(error) }
        // A handler that goes on after its client has left would come back to a loop that is no more.
        if !responder.isHandling { try await group.shutdownGracefully() }
        try result.get()
    }

    private func run(_ responder: WebhookResponder, on eventLoopGroup: any EventLoopGroup) async throws {
        let quiescing = ServerQuiescingHelper(group: eventLoopGroup)
        let ended = eventLoopGroup.next().makePromise(of: Void.self)
        let channel: any Channel
        do { channel = try await listen(quiescing, responder, on: eventLoopGroup) } catch {
            ended.succeed()
            throw cannotListen(error)
        }
        await onListening(channel.localAddress?.port ?? 0)
        // Begun once: begun again while it ends, it would come to loops that are no more.
        let isEnding = Atomic(false)
        let end: @Sendable () -> Void = {
            if !isEnding.exchange(true, ordering: .relaxed) { quiescing.initiateShutdown(promise: ended) }
        }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await ended.futureResult.get()
            } onGracefulShutdown: {
                end()
            }
        } onCancel: {
            end()
        }
    }

    private func cannotListen(_ error: any Error) -> WebhookServerError {
        let reason =
            switch error {
            case let error as IOError: Errno(rawValue: error.errnoCode).description
            case let error as SocketAddressError.UnknownHost: "\(error.host) is not known"
            default: "\(error)"
            }
        return WebhookServerError(
            .address, "\(configuration.host), port \(configuration.port)", "can't listen there: \(reason)")
    }

    private func listen(
        _ quiescing: ServerQuiescingHelper, _ responder: WebhookResponder, on eventLoopGroup: any EventLoopGroup
    ) async throws -> any Channel {
        let gate = ConnectionGate(
            limit: min(configuration.maximumConnections, FileLimit.connections()),
            byteLimit: configuration.maximumHeldBytes)
        let configuration = configuration
        return try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    let connection = ConnectionHandler(responder: responder, gate: gate)
                    // Before TLS, so that a record that is never finished counts too.
                    try pipeline.addHandler(ReceivedBytesHandler(connection.hold))
                    #if TLS
                        if let identity = configuration.tls { try pipeline.addHandler(identity.newHandler()) }
                    #endif
                    try pipeline.addHandlers(ByteToMessageHandler(HTTPRequestDecoder()), connection)
                }
            }
            .bind(host: configuration.host, port: configuration.port).get()
    }

    /// Serves until SIGTERM or SIGINT, after which it answers the requests in progress, as ``run()`` does.
    ///
    /// - Throws: a ``WebhookServerError`` if the port can't be had.
    public func runUntilTerminated() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
        try await group.run()
    }
}
