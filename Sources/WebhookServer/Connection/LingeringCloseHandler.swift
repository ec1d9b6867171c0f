import NIOCore

/// Closes a connection when the client has seen the last answer, which went out before the client had sent all it wanted to.
///
/// Closed at once, with bytes unread, the system would reset the connection, and the client could lose the answer (RFC 9112,
/// section 9.6). So the server's side is closed first, and what still arrives is thrown away, for a short time. It stands first in the
/// pipeline, so that nothing after it, the parser for one, sees any of that.
final class LingeringCloseHandler: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    private let limit: TimeAmount
    private var timeout: Scheduled<Void>?

    /// - Parameter limit: how long the client may take to close its side.
    init(limit: TimeAmount) { self.limit = limit }

    func handlerAdded(context: ChannelHandlerContext) {
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        context.fireChannelInactive()
    }
}
