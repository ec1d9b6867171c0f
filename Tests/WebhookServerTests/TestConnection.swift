import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import RealTimeAPI
import TestSupport

@testable import WebhookServer

/// A connection without a socket, on a clock that stands until it is set forward, to a server whose handler answers at once.
struct TestConnection {
    let channel = EmbeddedChannel()
    private let client = Client()

    /// A request that the handler answers.
    static let post = post(#"{"callid":1,"call_status":"UP"}"#)

    /// An open connection.
    ///
    /// - Parameter gate: counts it among others; by default it is alone.
    init(
        gate: ConnectionGate = ConnectionGate(limit: 1), _ change: (inout WebhookServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = WebhookServerConfiguration()
        change(&configuration)
        let responder = WebhookResponder(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            handler: { Response(.wait(Wait()), commandID: $0.commandID) })
        try channel.pipeline.syncOperations.addHandlers(
            client, ByteToMessageHandler(HTTPRequestDecoder()),
            ConnectionHandler(responder: responder, gate: gate))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// A request of the webhook.
    static func post(_ body: String) -> String { HTTPText.post(body) }

    /// The client sends text, which the server reads at once.
    func send(_ text: String) throws { try channel.writeInbound(ByteBuffer(string: text)) }

    /// What the server has answered since it was asked last.
    func answers() throws -> String {
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    /// Sets the clock forward.
    func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }

    /// The client leaves in the network what it is sent.
    func stopTaking() { client.takesAnswers = false }

    /// The client keeps its side open when the server closes its own.
    func stay() { client.staysOpen = true }

    /// The client takes what it is sent, or does not.
    func setWritable(_ isWritable: Bool) {
        channel.isWritable = isWritable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    /// The server is about to end.
    func shutDown() { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }

    /// Whether the server reads on when the channel asks it to.
    func readsOn() -> Bool {
        let before = client.readCount
        channel.pipeline.read()
        return client.readCount > before
    }
}

/// What lies between the server and its client: counts how often the server wants to read, and may hold back what it writes.
private final class Client: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var readCount = 0
    var takesAnswers = true
    var staysOpen = false
    private var held: [EventLoopPromise<Void>?] = []

    func read(context: ChannelHandlerContext) {
        readCount += 1
        context.read()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if takesAnswers { context.write(data, promise: promise) } else { held.append(promise) }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        // A channel without a socket would close both sides.
        if mode == .output, staysOpen {
            promise?.succeed()
            return
        }
        for each in held { each?.fail(ChannelError.ioOnClosedChannel) }
        held = []
        context.close(mode: mode, promise: promise)
    }
}
