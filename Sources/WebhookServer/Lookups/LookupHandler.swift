import NIOCore
import NIOHTTP1

/// Sends one request, and completes its promise with the answer.
final class LookupHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// What was answered.
    struct Answer: Sendable {
        let status: Int
        var body: [UInt8] = []
    }

    private let head: HTTPRequestHead
    private let body: ByteBuffer
    private let promise: EventLoopPromise<Answer>
    private var answer: Answer?

    init(_ head: HTTPRequestHead, _ body: ByteBuffer, _ promise: EventLoopPromise<Answer>) {
        self.head = head
        self.body = body
        self.promise = promise
    }

    /// With TLS, nothing goes out before the certificate has been checked.
    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if body.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // 100 Continue and the like are no answer yet.
            if head.status.code >= 200 { answer = Answer(status: Int(head.status.code)) }
        case .body(let bytes):
            guard answer != nil else { return }
            guard answer!.body.count + bytes.readableBytes <= LookupClient.maximumBodySize else {
                return fail(LookupError("the answer has more than \(LookupClient.maximumBodySize) bytes"), context)
            }
            answer!.body += bytes.readableBytesView
        case .end:
            guard let answer else { return }
            promise.succeed(answer)
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error, context) }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(LookupError("the connection ended before the answer"))
        context.fireChannelInactive()
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
