import Glibc
import HTTPTypes
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import RealTimeProtocol
public import ServiceLifecycle
import UnixSignals

/// Serves a webhook: takes the platform's requests over HTTP and answers them with a handler's commands.
///
/// ```swift
/// let server = WebhookServer(FlowHost(ageCheck, key: key).respond)
/// try await server.runUntilTerminated()
/// ```
///
/// `POST /` is the webhook, `GET /health` says that it runs, `GET /metrics` shows what is counted. Whatever is wrong with a request
/// is answered with a status that says so and `{"error": ...}`; calls in progress do not notice.
public struct WebhookServer: Service {
    /// What answers a request: the plain form of a handler, which `FlowHost.respond(to:)` is too.
    public typealias Handler = @Sendable (RealTimeProtocol.Request) async throws -> RealTimeProtocol.Response

    /// Where it listens and what it accepts.
    public var configuration: WebhookServerConfiguration
    private let handler: Handler
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// A server.
    ///
    /// - Parameters:
    ///   - configuration: where it listens and what it accepts.
    ///   - logger: gets failures; never digits, numbers, credentials or audio.
    ///   - onListening: is called with the port once requests are taken.
    ///   - handler: answers requests. An error that it throws hangs up the call, and is logged.
    public init(
        configuration: WebhookServerConfiguration = WebhookServerConfiguration(),
        logger: Logger = Logger(label: "rtmedia.server"),
        onListening: @escaping @Sendable (Int) async -> Void = { _ in },
        _ handler: @escaping Handler
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        self.handler = handler
    }

    /// Serves until the task is cancelled, or its service group shuts down: then answers what is in flight first.
    ///
    /// - Throws: a ``WebhookServerError`` if the port can't be had.
    public func run() async throws {
        let responder = WebhookResponder(configuration: configuration, logger: logger, handler: handler)
        let gate = ConnectionGate(limit: min(configuration.maximumConnections, FileLimit.connections()))
        let timeout = configuration.requestTimeout.timeAmount
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await responder.respond(to: request, writer, on: channel)
            },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionHandler(gate: gate, timeout: timeout)],
                idleTimeout: configuration.idleTimeout.timeAmount))
        #if TLS
            if let identity = configuration.tls {
                return try await serve(EncryptedChannel(base: channel, identity: identity))
            }
        #endif
        try await serve(channel)
    }

    private func serve(_ channel: some ServerChildChannel) async throws {
        let onListening = onListening
        // The framework tells of what it does, which is nobody's business but its own.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let server = Server(
            childChannelSetup: channel,
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        do { try await server.run() } catch let error as IOError {
            throw cannotListen(String(cString: strerror(error.errnoCode)))
        } catch let error as SocketAddressError.UnknownHost {
            throw cannotListen("\(error.host) is not known")
        }
    }

    private func cannotListen(_ reason: String) -> WebhookServerError {
        WebhookServerError(
            .address, "\(configuration.host), port \(configuration.port)", "can't listen there: \(reason)")
    }

    /// Serves until SIGTERM or SIGINT, which let it answer what is in flight.
    ///
    /// A client that does not take its answer, or send its request, is waited for no longer than 20 s.
    ///
    /// - Throws: a ``WebhookServerError`` if the port can't be had.
    public func runUntilTerminated() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: [self], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
    }
}

extension Duration {
    fileprivate var timeAmount: TimeAmount { TimeAmount.nanoseconds(Int64(self / .nanoseconds(1))) }
}
