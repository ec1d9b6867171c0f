import NIOCore
import NIOHTTP1
import NIOTLS

/// A connection ended before an answer to the last request had come.
struct ClosedWithoutAnswer: Error {}

/// An answer did not come in time.
struct LateAnswer: Error {}

/// Sends one request at a time, and completes its promise with the answer.
final class PostHandler: ChannelDuplexHandler {
    typealias InboundIn = NIOHTTPClientResponseFull
    typealias OutboundIn = Post
    typealias OutboundOut = HTTPClientRequestPart

    /// A request.
    struct Post: Sendable {
        let head: HTTPRequestHead
        let body: ByteBuffer
        /// How long an answer may take.
        let patience: TimeAmount
        /// How long to wait in the midst of the body.
        let pause: TimeAmount?
        let promise: EventLoopPromise<HandlerConnection.Answer>
    }

    private enum State {
        /// Nothing is asked.
        case idle
        /// A request was sent, and its answer has not come.
        case waiting(Post, start: ContinuousClock.Instant, deadline: Scheduled<Void>)
        /// The answer has come, and perhaps more with it.
        case answered(Post, HandlerConnection.Answer)
        /// Nothing can be sent any more.
        case failed(any Error)
    }

    /// Succeeds once requests can be sent, after the handshake if there is one.
    private let ready: EventLoopPromise<Void>
    private let hasHandshake: Bool
    /// Is set when more comes than an answer has.
    private let excess: Flag
    private var state = State.idle

    init(ready: EventLoopPromise<Void>, hasHandshake: Bool, excess: Flag) {
        self.ready = ready
        self.hasHandshake = hasHandshake
        self.excess = excess
    }

    func channelActive(context: ChannelHandlerContext) {
        if !hasHandshake { ready.succeed() }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted(_) = event { ready.succeed() }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let post = unwrapOutboundIn(data)
        if case .failed(let error) = state {
            promise?.fail(error)
            return post.promise.fail(error)
        }
        let deadline = context.eventLoop.assumeIsolated().scheduleTask(in: post.patience) {
            self.fail(LateAnswer(), context)
        }
        state = .waiting(post, start: .now, deadline: deadline)
        var body = post.body
        context.write(wrapOutboundOut(.head(post.head)), promise: nil)
        guard let pause = post.pause, let half = body.readSlice(length: body.readableBytes / 2) else {
            return send(body, context, promise)
        }
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(half))), promise: nil)
        let rest = body
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) { self.send(rest, context, promise) }
    }

    private func send(_ body: ByteBuffer, _ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let full = unwrapInboundIn(data)
        // What nobody asked for would be taken for the next answer.
        guard case .waiting(let post, let start, let deadline) = state else {
            return isUnasked ? closeAfterExcess(context) : context.close(promise: nil)
        }
        deadline.cancel()
        state = .answered(
            post,
            HandlerConnection.Answer(
                status: Int(full.head.status.code), contentType: full.head.headers.first(name: "content-type") ?? "",
                body: full.body.map { Array($0.readableBytesView) } ?? [],
                start: start, time: .now - start))
        if !full.head.isKeepAlive { context.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard isUnasked, error is HTTPParserError || error is NIOHTTPDecoderError else { return fail(error, context) }
        closeAfterExcess(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(ClosedWithoutAnswer(), context)
        context.fireChannelInactive()
    }

    /// Whether nothing is to come.
    private var isUnasked: Bool {
        switch state {
        case .idle, .answered: true
        case .waiting, .failed: false
        }
    }

    /// Hands the answer on that has come, with all that came in one piece with it.
    private func deliver() {
        guard case .answered(let post, let answer) = state else { return }
        state = .idle
        post.promise.succeed(answer)
    }

    private func closeAfterExcess(_ context: ChannelHandlerContext) {
        excess.set()
        fail(ClosedWithoutAnswer(), context)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        ready.fail(error)
        deliver()
        switch state {
        case .idle, .answered: state = .failed(error)
        case .waiting(let post, _, let deadline):
            state = .failed(error)
            deadline.cancel()
            post.promise.fail(error)
        // The first error says what went wrong; those that follow are its consequences.
        case .failed: break
        }
        context.close(promise: nil)
    }
}
