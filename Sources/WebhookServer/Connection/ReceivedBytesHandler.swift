import NIOCore

/// Counts what a connection receives, before it is decrypted and read as HTTP: a header that arrives slowly takes memory as a
/// body does, and so does a handshake.
final class ReceivedBytesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// All connections hold more than they may: what came to this one has not been passed on.
    struct Overfull {}

    private let hold: (Int) -> Bool
    private var isOver = false

    /// - Parameter hold: counts bytes; returns false if they are too many.
    init(_ hold: @escaping (Int) -> Bool) { self.hold = hold }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        guard hold(unwrapInboundIn(data).readableBytes) else {
            isOver = true
            return context.fireUserInboundEventTriggered(Overfull())
        }
        context.fireChannelRead(data)
    }
}
