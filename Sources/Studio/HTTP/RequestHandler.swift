import NIOCore
import NIOHTTP1
import NIOWebSocket

/// One connection: collects a request, has it answered away from the event loop, and writes the answer as the client takes it.
final class RequestHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        case idle
        case receiving(HTTPRequestHead, RequestTarget, body: ByteBuffer, limit: Int)
        case answering
        /// Parts of a long body, from an offset on.
        case writing(count: Int, offset: Int, part: @Sendable (Int) -> [UInt8])
        /// The last answer has been written; what still arrives is ignored.
        case ending
    }

    /// What answers a request; it may block.
    typealias Answering = @Sendable (StudioRequest, any EventLoop) -> EventLoopFuture<StudioReply>

    private let rules: AccessRules
    private let limits: StudioLimits
    private let answer: Answering
    private let gate: ConnectionGate
    private var phase = Phase.idle
    private var isKeptAlive = true
    private var isHeadOnly = false
    private var timeout: Scheduled<Void>?

    init(rules: AccessRules, limits: StudioLimits, gate: ConnectionGate, answer: @escaping Answering) {
        self.rules = rules
        self.limits = limits
        self.gate = gate
        self.answer = answer
    }

    // MARK: Events

    func channelActive(context: ChannelHandlerContext) {
        // Nothing has been asked that could be answered.
        guard gate.enter() else { return context.close(promise: nil) }
        // A connection that becomes a phone's counts on.
        let gate = gate
        context.channel.closeFuture.whenComplete { _ in gate.leave() }
        wait(limits.requestTime, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeout?.cancel()
        phase = .ending
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { timeout?.cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch (unwrapInboundIn(data), phase) {
        case (.head(let head), .idle): begin(head, context)
        case (.body(let part), .receiving(let head, let target, var body, let limit)):
            guard body.readableBytes + part.readableBytes <= limit else { return refuse(.tooLarge(limit), context) }
            // The body must not be shared while it grows.
            phase = .answering
            body.writeImmutableBuffer(part)
            phase = .receiving(head, target, body: body, limit: limit)
        case (.end, .receiving(let head, let target, let body, _)):
            phase = .answering
            timeout?.cancel()
            respond(StudioRequest(head, target: target, body: Array(body.readableBytesView)), context)
        default: break
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { writeParts(context) }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A request for a WebSocket that is refused is answered as any other.
        if error is NIOWebSocketUpgradeError { return }
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event {
            switch phase {
            case .answering, .writing: isKeptAlive = false
            case .idle, .receiving, .ending: context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Requests

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        isKeptAlive = head.isKeepAlive
        isHeadOnly = head.method == .HEAD
        do throws(StudioError) {
            let target = try RequestTarget(head.uri)
            if let reply = try rules.check(head, target) { return refuse(reply, context) }
            let limit = limits.bodySize(head.method, target.path)
            if let length = head.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > limit {
                throw .tooLarge(limit)
            }
            phase = .receiving(head, target, body: ByteBuffer(), limit: limit)
            wait(limits.requestTime, context)
            if head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
                let head = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            }
        } catch { refuse(error, context) }
    }

    private func respond(_ request: StudioRequest, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        answer(request, context.eventLoop).whenComplete { result in
            let (handler, context) = bound.value
            guard case .answering = handler.phase else { return }
            switch result {
            case .success(let reply): handler.write(reply, context)
            // The server is ending.
            case .failure: context.close(promise: nil)
            }
        }
    }

    /// Answers before the end of a request, and takes no other.
    private func refuse(_ error: StudioError, _ context: ChannelHandlerContext) { refuse(.error(error), context) }

    private func refuse(_ reply: StudioReply, _ context: ChannelHandlerContext) {
        isKeptAlive = false
        write(reply, context)
    }

    // MARK: Answers

    private func write(_ reply: StudioReply, _ context: ChannelHandlerContext) {
        var headers = HTTPHeaders(AccessRules.fields + reply.fields.map { ($0.name, $0.value) })
        if !headers.contains(name: "Cache-Control") { headers.add(name: "Cache-Control", value: "no-store") }
        if reply.status != .notModified {
            headers.add(name: "Content-Type", value: reply.contentType)
            headers.add(name: "Content-Length", value: "\(reply.body.count)")
        }
        if !isKeptAlive { headers.add(name: "Connection", value: "close") }
        let head = HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if case .parts(let count, let part) = reply.body, !isHeadOnly, count > 0 {
            phase = .writing(count: count, offset: 0, part: part)
            wait(limits.writeTime, context)
            return writeParts(context)
        }
        if case .bytes(let bytes) = reply.body, !isHeadOnly, !bytes.isEmpty, reply.status != .notModified {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        }
        finish(context)
    }

    /// Writes parts of a long body for as long as the client takes them.
    private func writeParts(_ context: ChannelHandlerContext) {
        // Each write may have it called again, within this call.
        while case .writing(let count, let offset, let part) = phase, context.channel.isWritable {
            guard offset < count else { return finish(context) }
            let bytes = part(offset)
            phase = .writing(count: count, offset: offset + bytes.count, part: part)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        }
        if case .writing = phase { wait(limits.writeTime, context) }
    }

    private func finish(_ context: ChannelHandlerContext) {
        phase = isKeptAlive ? .idle : .ending
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if isKeptAlive { wait(limits.idleTime, context) } else { end(context) }
    }

    /// Closes when the client has had time to see the last answer: at once it would lose it, if it was still sending.
    private func end(_ context: ChannelHandlerContext) {
        phase = .ending
        context.close(mode: .output, promise: nil)
        wait(.seconds(1), context)
    }

    /// Closes the connection if nothing else happens for a time.
    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timeout?.cancel()
        timeout = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            if case .receiving = self.phase {
                self.refuse(StudioError(.requestTimeout, "the request did not arrive in time"), context)
            } else {
                context.close(promise: nil)
            }
        }
    }
}

extension StudioError {
    fileprivate static func tooLarge(_ limit: Int) -> StudioError {
        StudioError(.payloadTooLarge, "the body is longer than \(limit) bytes, which is the limit")
    }
}
