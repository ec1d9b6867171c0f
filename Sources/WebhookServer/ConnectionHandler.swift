import NIOCore
import NIOHTTP1
import RealTimeAPI

/// One connection: collects requests, has them answered one after the other, and ends what takes too long.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State {
        /// Nothing has come yet.
        case opened
        /// An answer has gone out, and nothing has come since.
        case idle
        /// A request comes in; `answer` is for its end, if its head was enough.
        case receiving(answer: HTTPAnswer?)
        /// A request is complete, and a task makes its answer.
        case answering
        /// The last answer has gone out: what still comes is thrown away until the client closes, so that it sees the answer.
        case closing
        case closed
    }

    private let responder: WebhookResponder
    private let gate: ConnectionGate
    private var place: Int?
    /// Whether a request of the webhook has come, so that the connection gives way to no other.
    private var isKept = false
    private var state = State.opened
    /// Whether the request's connection may take another.
    private var isKeptAlive = true
    /// Whether the request is for the header of an answer.
    private var wantsHeadOnly = false
    /// The request's body, as far as it has come.
    private var body = ByteBuffer()
    /// Where answers are written.
    private var output = ByteBuffer()
    private var date = HTTPDate()
    /// What came while an answer was made or was on its way: no more than one read brings, since nothing is read then.
    private var waiting = CircularBuffer<HTTPServerRequestPart>(initialCapacity: 0)
    private var isTakingWaiting = false
    /// Whether a part of a request has come since the last read.
    private var hasPart = false
    private var wantsToRead = false
    /// Whether the client does not take what it has been sent.
    private var isBlocked = false
    private var isQuiescing = false
    /// Whether the client sends no more; it may wait for an answer all the same.
    private var isInputClosed = false
    /// When the state must have changed.
    private var deadline = NIODeadline.distantFuture
    private var check: Scheduled<Void>?

    init(responder: WebhookResponder, gate: ConnectionGate) {
        self.responder = responder
        self.gate = gate
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (loop, limit) = (context.eventLoop, gate.limit)
        place = gate.enter {
            loop.execute { bound.value.0.turnAway(bound.value.1, limit: limit) }
        }
        expect(.opened, within: responder.configuration.requestTimeout)
        scheduleCheck(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .closed
        if let place { gate.leave(place) }
        check?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        hasPart = true
        if isBusy || !waiting.isEmpty { waiting.append(part) } else { receive(context, part) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Bytes that are no part yet are the beginning of a request's header, which has its time too.
        if case .idle = state, !hasPart { expect(.opened, within: responder.configuration.requestTimeout) }
        hasPart = false
        context.fireChannelReadComplete()
    }

    /// Nothing more is read while an answer is made, or on its way to a client that does not take it.
    func read(context: ChannelHandlerContext) {
        if isBusy { wantsToRead = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isBlocked = !context.channel.isWritable
        takeWaiting(context)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .opened, .idle, .receiving:
            switch error {
            case HTTPParserError.headerOverflow:
                answerLast(
                    context,
                    .error(
                        .requestHeaderFieldsTooLarge, "the header is longer than 80 kB, which is the limit"))
            case is HTTPParserError:
                answerLast(context, .error(.badRequest, "the request is not HTTP/1.1: \(error)"))
            default: context.close(promise: nil)
            }
        case .answering, .closing, .closed: context.close(promise: nil)
        }
    }

    /// How long an answer may take, and a client to take it, when the server is about to end.
    private static let patience = TimeAmount.seconds(20)

    /// The server is about to end: an answer that is being made is the last one.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            isQuiescing = true
            switch state {
            case .opened, .closed: context.close(promise: nil)
            case .idle where !isWriting(context), .closing where !isWriting(context): context.close(promise: nil)
            case .idle, .receiving, .answering, .closing:
                // What is on its way to a slow client goes on.
                if case .idle = state { context.close(mode: .output, promise: nil) }
                let channel = context.channel
                context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            }
        }
        if let event = event as? ChannelEvent, event == .inputClosed {
            isInputClosed = true
            // Not at once: answers may still be made, or wait until the client takes those before them.
            guard isAnswering || !waiting.isEmpty else { return context.close(mode: .output, promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }
}

extension ConnectionHandler {
    /// Whether the client has not taken all of the last answer.
    private func isWriting(_ context: ChannelHandlerContext) -> Bool {
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return (buffered ?? 0) > 0
    }
}

// MARK: Requests

extension ConnectionHandler {
    private func receive(_ context: ChannelHandlerContext, _ part: HTTPServerRequestPart) {
        switch (part, state) {
        case (.head(let head), .opened), (.head(let head), .idle): begin(context, head)
        case (.body(let part), .receiving(answer: nil)):
            body.writeImmutableBuffer(part)
            if body.readableBytes > responder.configuration.maximumBodySize { answerLast(context, responder.tooLarge) }
        case (.end, .receiving(let answer)): end(context, answer)
        default: break
        }
    }

    private func begin(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        // What follows an offer of another protocol is not read as HTTP/1.1 any more.
        isKeptAlive = head.isKeepAlive && !head.headers.contains(name: "Upgrade")
        wantsHeadOnly = head.method == .HEAD
        body.clearForReuse()
        let answer = responder.answer(to: head)
        expect(.receiving(answer: answer), within: responder.configuration.requestTimeout)
        if let answer, answer.closes { return answerLast(context, answer) }
        if head.version == .http1_1, head.headers.first(name: "Expect")?.lowercased() == "100-continue" {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func end(_ context: ChannelHandlerContext, _ answer: HTTPAnswer?) {
        expect(.answering, within: nil)
        if let answer { return finish(context, answer) }
        let request: Request
        do throws(MessageError) { request = try Request(json: body.readableBytesView) } catch {
            return finish(context, responder.refusal(of: error))
        }
        if !isKept, let place { gate.keep(place) }
        isKept = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (loop, responder) = (context.eventLoop, responder)
        // Begins here, and goes on elsewhere if it has to wait: most answers need no other thread.
        Task.immediate {
            let answer = await responder.answer(to: request)
            // A handler that has waited for nothing is still on the loop.
            guard !loop.inEventLoop else { return bound.value.0.finish(bound.value.1, answer) }
            loop.execute { bound.value.0.finish(bound.value.1, answer) }
        }
    }

    private func finish(_ context: ChannelHandlerContext, _ answer: HTTPAnswer) {
        guard isAnswering else { return }
        guard isKeptAlive, !isQuiescing, !isInputClosed || !waiting.isEmpty else {
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            writeLast(context, answer, written)
            return expect(.closing, within: responder.configuration.idleTimeout)
        }
        write(context, answer)
        expect(.idle, within: responder.configuration.idleTimeout)
        takeWaiting(context)
    }

    /// Takes what came while an answer was made, until the next one takes time.
    private func takeWaiting(_ context: ChannelHandlerContext) {
        // An answer that is there at once comes back here: in a loop, thousands of requests need no deeper stack than one.
        guard !isTakingWaiting else { return }
        isTakingWaiting = true
        defer { isTakingWaiting = false }
        while !isBusy, let part = waiting.popFirst() { receive(context, part) }
        if !isBusy, wantsToRead {
            wantsToRead = false
            context.read()
        }
    }

    /// Whether the next request has to wait.
    private var isBusy: Bool { isAnswering || isBlocked }

    private var isAnswering: Bool {
        if case .answering = state { true } else { false }
    }
}

// MARK: Answers

extension ConnectionHandler {
    /// Makes room for a newer connection, unless a request has come since.
    private func turnAway(_ context: ChannelHandlerContext, limit: Int) {
        guard !isKept, context.channel.isActive else { return }
        // To say something would cost a handshake.
        if responder.configuration.tls != nil { return context.close(promise: nil) }
        writeLast(
            context, .error(.serviceUnavailable, "there are \(limit) connections, which is the limit: try again later")
        )
        // Without lingering, for which there is no room.
        context.close(promise: nil)
    }

    /// Answers before the end of a request, and takes no other.
    private func answerLast(_ context: ChannelHandlerContext, _ answer: HTTPAnswer) {
        if case .closing = state { return }
        writeLast(context, answer)
        expect(.closing, within: Self.linger)
        check?.cancel()
        scheduleCheck(context)
        context.close(mode: .output, promise: nil)
        context.read()
    }

    /// How long a client may take to see the last answer.
    private static let linger = Duration.seconds(2)

    private func writeLast(
        _ context: ChannelHandlerContext, _ answer: HTTPAnswer, _ promise: EventLoopPromise<Void>? = nil
    ) {
        var answer = answer
        answer.closes = true
        write(context, answer, promise)
    }

    private func write(
        _ context: ChannelHandlerContext, _ answer: HTTPAnswer, _ promise: EventLoopPromise<Void>? = nil
    ) {
        if answer.status != .ok { responder.reportRefusal(answer) }
        output.clearForReuse()
        answer.write(to: &output, date: date.now(), withoutBody: wantsHeadOnly)
        wantsHeadOnly = false
        context.writeAndFlush(wrapOutboundOut(output), promise: promise)
    }
}

extension ByteBuffer {
    /// Empties it; its memory is kept, unless that is much for each of many connections.
    fileprivate mutating func clearForReuse() {
        if capacity > 16_384 { self = ByteBuffer() } else { clear() }
    }
}

// MARK: Deadlines

extension ConnectionHandler {
    private func expect(_ state: State, within time: Duration?) {
        self.state = state
        deadline = time.map { .now() + $0.timeAmount } ?? .distantFuture
    }

    /// Looks at the deadline now and then: setting a timer for each costs more than reading a clock.
    private func scheduleCheck(_ context: ChannelHandlerContext) {
        let configuration = responder.configuration
        let period = min(configuration.requestTimeout, configuration.idleTimeout).timeAmount
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        check = context.eventLoop.scheduleTask(deadline: min(deadline, .now() + period)) {
            let (handler, context) = bound.value
            if .now() < handler.deadline { handler.scheduleCheck(context) } else { handler.expire(context) }
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        switch state {
        case .opened, .receiving: answerLast(context, .error(.requestTimeout, "the request did not arrive in time"))
        case .idle, .answering, .closing, .closed: context.close(promise: nil)
        }
    }
}

extension Duration {
    var timeAmount: TimeAmount { .nanoseconds(Int64(self / .nanoseconds(1))) }
}
