package import AudioConversion
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import SystemPackage
import TelephonyAudio

/// The studio's server: a page for people, on this machine, and what the page asks for.
package struct StudioServer: Sendable {
    /// Why it can't listen, in a sentence.
    package struct ListeningFailure: Error, Sendable, CustomStringConvertible {
        /// The address, and what is wrong.
        package let description: String
    }

    private let configuration: StudioConfiguration
    private let token: AccessToken
    private let shelf: RecordingShelf
    private let desk: LabelDesk
    /// Nil where there is no handler to call.
    private let phone: PhoneDesk?
    private let limits: StudioLimits

    /// A server of the recordings, which are listed by now and not yet measured.
    ///
    /// - Throws: what reading the labels throws.
    package init(_ configuration: StudioConfiguration, token: AccessToken = AccessToken()) throws(ConversionError) {
        try self.init(configuration, token: token, limits: StudioLimits())
    }

    init(_ configuration: StudioConfiguration, token: AccessToken, limits: StudioLimits) throws(ConversionError) {
        self.configuration = configuration
        self.token = token
        self.limits = limits
        shelf = RecordingShelf(configuration.recordings)
        desk = try LabelDesk(shelf, configuration)
        phone = configuration.handlers.isEmpty ? nil : PhoneDesk(configuration.handlers, limits)
    }

    /// What is wrong with the labels that were read, in sentences.
    package var labelFindings: [String] { desk.findings.map { "\(configuration.tool.tuningFailure($0))" } }

    /// Serves until the task is cancelled.
    ///
    /// - Parameter onListening: is given the address to open, with the token in it, once requests are taken.
    /// - Throws: a ``ListeningFailure`` if the port can't be had.
    package func run(onListening: @Sendable (String) async -> Void) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // What is asked for is computed here: some of it takes long, and none of it may keep others from being heard.
        let pool = NIOThreadPool(numberOfThreads: Self.threadCount)
        pool.start()
        let measuring = Measuring(shelf, configuration)
        defer { measuring.stop() }
        let result: Result<Void, any Error>
        do {
            let channel = try await listen(on: group, pool)
            measuring.start()
            let port = channel.localAddress?.port ?? configuration.port
            await onListening("http://\(Self.shown(configuration.host)):\(port)/?token=\(token.text)")
            try await withTaskCancellationHandler {
                try await channel.closeFuture.get()
            } onCancel: {
                channel.close(promise: nil)
            }
            result = .success(())
        } catch { result = .failure(error) }
        await phone?.end()
        // What is being computed is answered on the loops, which have to be there until then.
        try await pool.shutdownGracefully()
        try await group.shutdownGracefully()
        try result.get()
    }

    private static let threadCount = 8

    private func listen(on group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async throws -> any Channel {
        let router = Router(configuration, shelf, desk, phone, limits)
        let gate = ConnectionGate(limit: limits.connections)
        let (limits, token, host, phone) = (limits, token, configuration.host, phone)
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 256)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let port = channel.localAddress?.port ?? 0
                        let rules = AccessRules(token: token, host: host, port: port)
                        let handler = RequestHandler(rules: rules, limits: limits, gate: gate) { request, loop in
                            guard let later = router.laterReply(to: request) else {
                                return pool.runIfActive(eventLoop: loop) { router.reply(to: request) }
                            }
                            return loop.makeFutureWithTask(later)
                        }
                        let upgrade: NIOHTTPServerUpgradeConfiguration? = phone.map { phone in
                            (upgraders: [phone.upgrader(rules)], completionHandler: { _ in })
                        }
                        try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                            withServerUpgrade: upgrade, withErrorHandling: true)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .bind(host: configuration.host, port: configuration.port).get()
            return channel
        } catch { throw failure(error) }
    }

    private func failure(_ error: any Error) -> ListeningFailure {
        let reason =
            switch error {
            case let error as IOError: Errno(rawValue: error.errnoCode).description
            case let error as SocketAddressError.UnknownHost: "\(error.host) is not known"
            default: "\(error)"
            }
        return ListeningFailure(
            description: "\(configuration.host), port \(configuration.port): can't listen there: \(reason)")
    }

    /// An address to open where it listens on all.
    private static func shown(_ host: String) -> String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "[::1]"
        default: host.contains(":") ? "[\(host)]" : host
        }
    }
}
