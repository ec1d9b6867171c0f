import NIOCore

/// Where a connection stands, and until when it may stand there.
///
/// It knows of no channel: ``ConnectionHandler`` tells it what has happened, and does what it returns.
struct ConnectionState {
    /// The phases of a connection, of which it is in one at a time.
    enum Phase {
        /// Nothing has arrived yet.
        case opened
        /// A part of a request's header has arrived.
        case beginning
        /// A request's header has arrived, and not yet its end.
        case receiving(IncomingRequest)
        /// A request is complete, and the handler is called on this very stack.
        case calling(IncomingRequest.Exchange)
        /// The handler waits for something, and a task goes on with it.
        case waiting(IncomingRequest.Exchange)
        /// An answer has been written that the client does not take as fast.
        case delivering
        /// An answer has gone out in the same read that brought its request.
        case answered
        /// An answer has gone out, and nothing has arrived since.
        case idle
        /// The last answer has been written.
        case ending
        case closed
    }

    /// What follows the news that the server is about to end.
    enum Shutdown: Equatable {
        /// The connection is closed: it has nothing to finish.
        case close
        /// The connection is closed when the client has taken what was written.
        case closeOutput
        /// The request that is being received or answered is the last one.
        case finish
    }

    /// What follows when the time of a phase is over.
    enum Expiry: Equatable {
        /// The request is refused.
        case refuse
        case close
    }

    private(set) var phase = Phase.opened
    /// When the phase must have changed.
    private(set) var deadline = NIODeadline.distantFuture
    private let requestTimeout: TimeAmount
    private let idleTimeout: TimeAmount

    /// The state of a connection before it is open.
    ///
    /// - Parameters:
    ///   - requestTimeout: how long a request may take to arrive, from its first byte; the first one also from the
    ///     opening of the connection.
    ///   - idleTimeout: how long the client may be silent after an answer, or take to read it.
    init(requestTimeout: TimeAmount, idleTimeout: TimeAmount) {
        self.requestTimeout = requestTimeout
        self.idleTimeout = idleTimeout
    }

    /// No phase that has a deadline is shorter.
    var shortestTimeout: TimeAmount { min(requestTimeout, idleTimeout) }

    /// Whether the next request has to wait, and nothing more is read.
    var isBusy: Bool {
        switch phase {
        case .calling, .waiting, .delivering: true
        case .opened, .beginning, .receiving, .answered, .idle, .ending, .closed: false
        }
    }

    /// Whether a request may begin.
    var takesRequest: Bool {
        switch phase {
        case .opened, .beginning, .answered, .idle: true
        case .receiving, .calling, .waiting, .delivering, .ending, .closed: false
        }
    }

    /// Whether no answer is owed any more: none will be written.
    var isOver: Bool {
        switch phase {
        case .ending, .closed: true
        case .opened, .beginning, .receiving, .calling, .waiting, .delivering, .answered, .idle: false
        }
    }

    /// Whether a request has been answered, and nothing of another one has arrived.
    var isBetweenRequests: Bool {
        switch phase {
        case .answered, .idle: true
        case .opened, .beginning, .receiving, .calling, .waiting, .delivering, .ending, .closed: false
        }
    }

    /// The request that is to be answered; nil if there is none, or if it has not arrived yet.
    var exchange: IncomingRequest.Exchange? {
        switch phase {
        case .calling(let exchange), .waiting(let exchange): exchange
        case .opened, .beginning, .receiving, .delivering, .answered, .idle, .ending, .closed: nil
        }
    }

    /// Whether what is answered now goes out without its body.
    var isHeadOnly: Bool {
        switch phase {
        case .receiving(let request): request.exchange.isHeadOnly
        case .calling(let exchange), .waiting(let exchange): exchange.isHeadOnly
        case .opened, .beginning, .delivering, .answered, .idle, .ending, .closed: false
        }
    }
}

// MARK: A request

extension ConnectionState {
    /// The connection is open.
    mutating func open(now: NIODeadline) { deadline = now + requestTimeout }

    /// All that one read has brought has been taken.
    mutating func completeRead(now: @autoclosure () -> NIODeadline) {
        switch phase {
        case .answered: phase = .idle
        // What has arrived is not a whole header, so it is the beginning of one.
        case .opened: phase = .beginning
        case .idle:
            phase = .beginning
            deadline = now() + requestTimeout
        case .beginning, .receiving, .calling, .waiting, .delivering, .ending, .closed: break
        }
    }

    /// The head of a request has arrived.
    mutating func begin(_ request: IncomingRequest, now: @autoclosure () -> NIODeadline) {
        guard takesRequest else { return }
        // The time of a header that arrives piece by piece runs already.
        if case .beginning = phase {} else { deadline = now() + requestTimeout }
        phase = .receiving(request)
    }

    /// A part of a request's body has arrived.
    ///
    /// - Returns: whether the body is still no longer than the limit.
    mutating func append(_ part: ByteBuffer, limit: Int) -> Bool {
        guard case .receiving(var request) = phase else { return true }
        // The body must not be shared while it grows.
        phase = .closed
        defer { phase = .receiving(request) }
        return request.append(part, limit: limit)
    }

    /// A request is complete.
    ///
    /// - Returns: what its answer is made of; nil if there is no request.
    mutating func complete() -> IncomingRequest.Content? {
        guard case .receiving(let request) = phase else { return nil }
        phase = .calling(request.exchange)
        deadline = .distantFuture
        return request.content
    }

    /// The handler has been called; it goes on in a task unless it has answered already.
    mutating func wait() {
        if case .calling(let exchange) = phase { phase = .waiting(exchange) }
    }
}

// MARK: An answer

extension ConnectionState {
    /// The answer has been written, and the connection may take another request.
    ///
    /// - Parameter isWritable: whether the client has taken enough of it.
    /// - Returns: whether what has arrived meanwhile is to be taken now. It is not while the handler's call is still on the stack:
    ///   whoever made it goes on with the next request, so that thousands of them need no deeper stack than one.
    mutating func answer(isWritable: Bool, now: NIODeadline) -> Bool {
        let mayGoOn: Bool
        switch phase {
        case .calling: (phase, mayGoOn) = (isWritable ? .answered : .delivering, false)
        case .waiting: (phase, mayGoOn) = (isWritable ? .idle : .delivering, isWritable)
        default: return false
        }
        deadline = now + idleTimeout
        return mayGoOn
    }

    /// The client has taken enough of what was written.
    ///
    /// - Returns: whether the next request has waited for that.
    mutating func becomeWritable() -> Bool {
        guard case .delivering = phase else { return false }
        phase = .idle
        return true
    }

    /// All that had arrived while the connection was busy has been taken.
    mutating func completeBacklog() {
        if case .answered = phase { phase = .idle }
    }
}

// MARK: The end

extension ConnectionState {
    /// The last answer has been written.
    mutating func end(now: NIODeadline) {
        guard !isOver else { return }
        phase = .ending
        deadline = now + idleTimeout
    }

    /// The connection is closed.
    mutating func close() {
        phase = .closed
        deadline = .distantFuture
    }

    /// The server is about to end.
    ///
    /// - Parameter isWriting: whether the client has not taken all that was written.
    mutating func shutDown(isWriting: Bool) -> Shutdown {
        switch phase {
        case .opened, .beginning, .closed: return .close
        case .answered, .idle, .delivering:
            guard isWriting else { return .close }
            phase = .ending
            return .closeOutput
        case .ending: return isWriting ? .finish : .close
        case .receiving(var request):
            request.makeLast()
            phase = .receiving(request)
        case .calling(var exchange):
            exchange.isLast = true
            phase = .calling(exchange)
        case .waiting(var exchange):
            exchange.isLast = true
            phase = .waiting(exchange)
        }
        return .finish
    }

    /// What follows when the deadline has passed.
    var expiry: Expiry {
        switch phase {
        case .opened, .beginning, .receiving: .refuse
        case .calling, .waiting, .delivering, .answered, .idle, .ending, .closed: .close
        }
    }
}
