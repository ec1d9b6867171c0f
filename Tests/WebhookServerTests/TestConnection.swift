import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import RealTimeAPI

@testable import WebhookServer

/// A connection without a socket, on a clock that stands until it is set forward, to a server whose handler answers at once.
struct TestConnection {
    let channel = EmbeddedChannel()
    private let reads = ReadCounter()

    /// A request that the handler answers.
    static let post = post(#"{"callid":1,"call_status":"UP"}"#)

    /// An open connection.
    init(_ change: (inout WebhookServerConfiguration) -> Void = { _ in }) throws {
        var configuration = WebhookServerConfiguration()
        change(&configuration)
        let responder = WebhookResponder(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            handler: { Response(.wait(Wait()), commandID: $0.commandID) })
        try channel.pipeline.syncOperations.addHandlers(
            reads, ByteToMessageHandler(HTTPRequestDecoder()),
            ConnectionHandler(responder: responder, gate: ConnectionGate(limit: 1)))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    /// A request of the webhook.
    static func post(_ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

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

    /// The client takes what it is sent, or does not.
    func setWritable(_ isWritable: Bool) {
        channel.isWritable = isWritable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    /// The server is about to end.
    func shutDown() { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }

    /// Whether the server reads on when the channel asks it to.
    func readsOn() -> Bool {
        let before = reads.count
        channel.pipeline.read()
        return reads.count > before
    }
}

/// Counts how often the server wants to read.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
