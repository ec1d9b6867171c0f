import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Turns connections away that are too many, and requests that take too long to arrive or are no HTTP.
///
/// A connection that is turned away before its encryption has begun is closed without a word.
final class ConnectionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let gate: ConnectionGate
    private let timeout: TimeAmount
    private var place: Int?
    private var deadline: Scheduled<Void>?
    private var isReceiving = false
    private var isRefused = false

    init(gate: ConnectionGate, timeout: TimeAmount) {
        self.gate = gate
        self.timeout = timeout
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (loop, limit) = (context.eventLoop, gate.limit)
        place = gate.enter {
            loop.execute {
                let (handler, context) = bound.value
                handler.refuse(
                    context, .serviceUnavailable, "there are \(limit) connections, which is the limit: try again later")
            }
        }
        isReceiving = true
        watch(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let place { gate.leave(place) }
        isRefused = true
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            isReceiving = true
            if head.headerFields[.expect] != nil { askForBody(context) }
        case .body: break
        case .end: received()
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
            refuse(
                context, .requestHeaderFieldsTooLarge, "the header is longer than 80 kB, which is the limit",
                lingers: true)
        case is HTTPParserError:
            refuse(context, .badRequest, "the request is not HTTP/1.1: \(error)", lingers: true)
        default: context.fireErrorCaught(error)
        }
    }

    private var isFirst = true

    private func received() {
        isReceiving = false
        deadline?.cancel()
        deadline = nil
        if isFirst, let place { gate.keep(place) }
        isFirst = false
    }

    /// Answers a client that waits to be asked before it sends the body.
    private func askForBody(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    private func watch(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) {
            let (handler, context) = bound.value
            handler.refuse(context, .requestTimeout, "the request did not arrive in time")
        }
    }

    /// - Parameter lingers: whether what the client still sends is read for a second, so that it gets the answer.
    private func refuse(
        _ context: ChannelHandlerContext, _ status: HTTPResponse.Status, _ message: String, lingers: Bool = false
    ) {
        guard !isRefused else { return }
        isRefused = true
        RefusedRequests.count(status)
        let body = HTTPAnswer.errorBody(message)
        let fields: HTTPFields = [
            .contentType: "application/json", .contentLength: String(body.count), .connection: "close",
        ]
        context.write(wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        guard lingers else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let channel = NIOLoopBound(context.channel, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(1)) { channel.value.close(promise: nil) }
    }
}
