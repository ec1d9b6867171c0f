import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import Synchronization

/// Counts the connections there are.
final class ConnectionGate: Sendable {
    let limit: Int
    private let count = Atomic(0)

    init(limit: Int) { self.limit = limit }

    /// Whether one more is allowed; ``leave()`` gives it back in any case.
    func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= limit }

    func leave() { count.subtract(1, ordering: .relaxed) }
}

/// Turns connections away that are too many, and requests that take too long to arrive or are no HTTP.
///
/// A connection over the limit that is to be encrypted is closed without a word: to say something would cost a handshake.
final class ConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let gate: ConnectionGate
    private let timeout: TimeAmount
    private var deadline: Scheduled<Void>?
    private var isReceiving = false

    init(gate: ConnectionGate, timeout: TimeAmount) {
        self.gate = gate
        self.timeout = timeout
    }

    func channelActive(context: ChannelHandlerContext) {
        if gate.enter() {
            isReceiving = true
            watch(context)
        } else {
            refuse(
                context, .serviceUnavailable, "there are \(gate.limit) connections, which is the limit: try again later"
            )
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        gate.leave()
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isReceiving = true
        case .body: break
        case .end:
            isReceiving = false
            deadline?.cancel()
            deadline = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReceiving, deadline == nil { watch(context) }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow:
            refuse(context, .requestHeaderFieldsTooLarge, "the header is longer than 80 kB, which is the limit")
        case is HTTPParserError: refuse(context, .badRequest, "the request is not HTTP/1.1: \(error)")
        default: context.fireErrorCaught(error)
        }
    }

    private func watch(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.refuse(context, .requestTimeout, "the request did not arrive in time")
        }
    }

    private func refuse(_ context: ChannelHandlerContext, _ status: HTTPResponse.Status, _ message: String) {
        RefusedRequests.count(status)
        let body = HTTPAnswer.errorBody(message)
        let fields: HTTPFields = [
            .contentType: "application/json", .contentLength: String(body.count), .connection: "close",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }
}
