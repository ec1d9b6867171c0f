import NIOCore
import NIOHTTP1
import RealTimeAPI
import Tracing

/// One connection: has its requests answered one after the other.
///
/// ``ConnectionState`` says what may happen when. NIO's own handlers would do parts of this. They were measured in its place, with the
/// benchmark's request through an `EmbeddedChannel`: the least of 300 batches of 500 was 13.7 us a request.
///
/// - `HTTPServerPipelineHandler` and `HTTPResponseEncoder` made it 17.0 us. With them an answer is a head with an array of
///   fields, a body and an end, each of which takes its own way through the pipeline. They also begin the next request from
///   within the answer to the one before, which overflows the stack if a client sends thousands at once, and go on with the
///   requests of a client that does not take its answers.
/// - `IdleStateHandler` made it 14.7 us: it reads the clock at each read and makes a promise for each write. It knows when
///   something was last read, but not when a request began that arrives byte by byte.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    private let responder: WebhookResponder
    private let gate: ConnectionGate
    private var place: ConnectionGate.Place?
    private var state: ConnectionState
    private var backlog = Backlog()
    private var encoder = AnswerEncoder()
    private var deadlineCheck: Scheduled<Void>?
    /// The trace that the request in progress belongs to, if there is a tracer.
    private var trace: ServiceContext?

    init(responder: WebhookResponder, gate: ConnectionGate) {
        self.responder = responder
        self.gate = gate
        state = ConnectionState(
            requestTimeout: TimeAmount(responder.configuration.requestTimeout),
            idleTimeout: TimeAmount(responder.configuration.idleTimeout))
    }

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        place = gate.enter { loop.execute { bound.value.0.giveWay(bound.value.1) } }
        state.open(now: loop.now)
        scheduleDeadlineCheck(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.close()
        backlog.removeAll()
        place?.leave()
        // It holds this handler.
        place = nil
        deadlineCheck?.cancel()
        context.fireChannelInactive()
    }

    /// Counts what has arrived, which is held until it has been answered.
    ///
    /// - Returns: false if all connections hold more than they may.
    func hold(_ count: Int) -> Bool { place?.hold(count) ?? true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if mustWait { backlog.append(.part(part)) } else { receive(context, part) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.completeRead(now: context.eventLoop.now)
        context.fireChannelReadComplete()
    }

    /// Nothing more is read while an answer is made, or is on its way to a client that does not take it.
    func read(context: ChannelHandlerContext) {
        if state.isBusy { backlog.postponeRead() } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, state.becomeWritable() {
            place?.letGo()
            takeBacklog(context)
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        if mustWait { backlog.append(.error(error)) } else { refuse(context, error) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: shutDown(context)
        case is ReceivedBytesHandler.Overfull: refuse(context, responder.overfull)
        case ChannelEvent.inputClosed:
            if mustWait { backlog.append(.inputClosed) } else { context.close(mode: .output, promise: nil) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Whether what arrives has to wait for what has arrived before.
    private var mustWait: Bool { state.isBusy || !backlog.isEmpty }
}

// MARK: Requests

extension ConnectionHandler {
    private func receive(_ context: ChannelHandlerContext, _ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            if state.takesRequest { begin(context, head) }
        case .body(let bytes):
            if !state.append(bytes, limit: responder.configuration.maximumBodySize) {
                refuse(context, responder.tooLarge)
            }
        case .end:
            switch state.complete() {
            case .body(let body): respond(context, to: body)
            case .answer(let answer): finish(context, answer)
            case nil: break
            }
        }
    }

    private func begin(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        let request = IncomingRequest(head, answer: responder.answer(to: head))
        state.begin(request, now: context.eventLoop.now)
        trace = responder.tracer?.context(of: head)
        if let refusal = request.refusal { return refuse(context, refusal) }
        if request.expectsContinue {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func respond(_ context: ChannelHandlerContext, to body: ByteBuffer) {
        let request: Request
        do throws(MessageError) { request = try Request(json: body.readableBytesView) } catch {
            return finish(context, responder.refusal(of: error))
        }
        guard place?.begin() != false else { return finish(context, responder.busy(gate.busyLimit)) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (loop, responder, trace) = (context.eventLoop, responder, trace)
        // Begins here, and goes on elsewhere if it has to wait: most answers need no other thread.
        responder.beginHandling()
        Task.immediate {
            let answer = await responder.answer(to: request, in: trace)
            // A handler that has waited for nothing is still on the loop.
            guard !loop.inEventLoop else {
                responder.endHandling()
                return bound.value.0.finish(bound.value.1, answer)
            }
            loop.execute {
                responder.endHandling()
                bound.value.0.finish(bound.value.1, answer)
            }
        }
        state.wait()
    }

    /// Takes what came while an answer was made, until the next one takes time.
    private func takeBacklog(_ context: ChannelHandlerContext) {
        while !state.isBusy, let event = backlog.popFirst() {
            switch event {
            case .part(let part): receive(context, part)
            case .error(let error): refuse(context, error)
            case .inputClosed: context.close(mode: .output, promise: nil)
            }
        }
        guard !state.isBusy else { return }
        state.completeBacklog()
        if backlog.takeRead() { context.read() }
    }
}

// MARK: Answers

extension ConnectionHandler {
    private func finish(_ context: ChannelHandlerContext, _ answer: HTTPAnswer) {
        // The client may have gone while the answer was made.
        guard let exchange = state.exchange else { return }
        guard !exchange.isLast, !backlog.isAtEnd else {
            let written = context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
            return writeLast(context, answer, written)
        }
        // Before its client has the answer, who may know by it that this one is idle.
        place?.rest()
        write(context, answer)
        let isWritable = context.channel.isWritable
        if isWritable { place?.letGo() }
        let mayGoOn = state.answer(isWritable: isWritable, now: context.eventLoop.now)
        if mayGoOn { takeBacklog(context) }
    }

    private func writeLast(
        _ context: ChannelHandlerContext, _ answer: HTTPAnswer, _ promise: EventLoopPromise<Void>? = nil
    ) {
        write(context, answer, isLast: true, promise)
        state.end(now: context.eventLoop.now)
        backlog.removeAll()
    }

    private func write(
        _ context: ChannelHandlerContext, _ answer: HTTPAnswer, isLast: Bool = false,
        _ promise: EventLoopPromise<Void>? = nil
    ) {
        if answer.status != .ok { responder.reportRefusal(answer) }
        let bytes = encoder.encode(answer, isLast: isLast, isHeadOnly: state.isHeadOnly)
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }
}

// MARK: Refusals

extension ConnectionHandler {
    /// How long a client may take to see the answer to a request that it has not sent to its end.
    private static let linger = TimeAmount.seconds(2)

    /// Answers before the end of a request, and takes no other.
    private func refuse(_ context: ChannelHandlerContext, _ answer: HTTPAnswer) {
        guard !state.isOver else { return }
        writeLast(context, answer)
        context.close(mode: .output, promise: nil)
        // If the client has closed its side already, the connection is closed now, and there is nothing to wait for.
        guard context.channel.isActive else { return }
        do {
            try context.pipeline.syncOperations.addHandler(LingeringCloseHandler(limit: Self.linger), position: .first)
        } catch { context.close(promise: nil) }
    }

    private func refuse(_ context: ChannelHandlerContext, _ error: HTTPParserError) {
        guard !state.isOver else { return context.close(promise: nil) }
        switch error {
        case .headerOverflow:
            refuse(
                context,
                .error(.requestHeaderFieldsTooLarge, "the header is longer than 80 kB, which is the limit"))
        default: refuse(context, .error(.badRequest, "the request is not HTTP/1.1: \(error)"))
        }
    }

    /// Makes room for a newer connection, unless a request has come since.
    private func giveWay(_ context: ChannelHandlerContext) {
        guard let place, !place.isBusy, context.channel.isActive else { return }
        // To say something would cost a handshake, or it would be no answer to anything.
        if responder.configuration.tls == nil, !state.isBetweenRequests {
            writeLast(context, responder.crowded(gate.limit))
        }
        // Without lingering, for which there is no room.
        context.close(promise: nil)
    }
}

// MARK: The end of the server

extension ConnectionHandler {
    /// How long an answer may take, and a client to take it, when the server is about to end.
    private static let patience = TimeAmount.seconds(20)

    private func shutDown(_ context: ChannelHandlerContext) {
        // An option that a socket has always.
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        switch state.shutDown(isWriting: (buffered ?? 0) > 0) {
        case .close: return context.close(promise: nil)
        case .closeOutput:
            backlog.removeAll()
            context.close(mode: .output, promise: nil)
        case .finish: break
        }
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }
}

// MARK: Deadlines

extension ConnectionHandler {
    /// Looks at the deadline now and then: setting a timer for each phase costs more than reading a clock.
    private func scheduleDeadlineCheck(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        deadlineCheck = context.eventLoop.assumeIsolated().scheduleTask(
            deadline: min(state.deadline, now + state.shortestTimeout)
        ) {
            if context.eventLoop.now < self.state.deadline {
                self.scheduleDeadlineCheck(context)
            } else {
                self.expire(context)
            }
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        switch state.expiry {
        case .refuse: refuse(context, .error(.requestTimeout, "the request did not arrive in time"))
        case .close: context.close(promise: nil)
        }
    }
}
