import NIOCore
import NIOEmbedded
import Testing

@testable import WebhookServer

/// The end of a connection whose client may not have seen the last answer.
@Suite struct LingeringCloseHandlerTests {
    private func connection() throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(LingeringCloseHandler(limit: .seconds(2)))
        return channel
    }

    @Test func `what still arrives is thrown away until the client closes its side`() throws {
        let channel = try connection()
        #expect(try channel.writeInbound(ByteBuffer(string: "more")).isEmpty)
        #expect(channel.isActive)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!channel.isActive)
    }

    @Test func `a client that does not close its side is left`() throws {
        let channel = try connection()
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1999))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(!channel.isActive)
    }
}
