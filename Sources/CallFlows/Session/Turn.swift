import RealTimeAPI

/// A request that is answered, or will be.
struct Turn {
    /// What became of the request.
    enum State {
        /// Some wait for the answer.
        case open([AnswerContinuation])
        /// The answer is a command, which the platform is acting on; so long were the journal's entries then.
        case sent(Response, entriesLength: Int)
        /// The answer is that nothing is to be done.
        case nothing
    }

    let number: Int
    let request: RepeatKey
    private(set) var state = State.open([])

    init(number: Int, request: RepeatKey) {
        self.number = number
        self.request = request
    }

    /// How many bytes of the request and its answer are kept.
    var byteCount: Int {
        let answer = if case .sent(let response, _) = state { response.variables?.bytes.count ?? 0 } else { 0 }
        return request.byteCount + answer
    }

    var isOpen: Bool { if case .open = state { true } else { false } }

    /// Answers those who wait, now or when there is an answer.
    mutating func wait(_ continuation: AnswerContinuation) -> [SessionAction] {
        switch state {
        case .open(let waiting):
            state = .open(waiting + [continuation])
            return []
        case .sent(let response, _): return [.answer([continuation], response)]
        case .nothing: return [.answer([continuation], Response(nil))]
        }
    }

    /// Answers with a command, unless the turn has its answer.
    mutating func send(_ response: Response, entriesLength: Int) -> [SessionAction] {
        settle(.sent(response, entriesLength: entriesLength), response)
    }

    /// Answers that nothing is to be done, unless the turn has its answer.
    mutating func sendNothing() -> [SessionAction] { settle(.nothing, Response(nil)) }

    /// Tells those who wait that nothing is to be done; the turn stays open.
    mutating func dismiss() -> [SessionAction] {
        guard case .open(let waiting) = state, !waiting.isEmpty else { return [] }
        state = .open([])
        return [.answer(waiting, Response(nil))]
    }

    private mutating func settle(_ state: State, _ response: Response) -> [SessionAction] {
        guard case .open(let waiting) = self.state else { return [] }
        self.state = state
        return waiting.isEmpty ? [] : [.answer(waiting, response)]
    }
}

/// A request but for what does not matter to its answer: a repeated one is recognised by it.
struct RepeatKey: Equatable {
    private let command: String
    private let id: CommandID?
    private let result: ResultText
    private let error: String
    private let status: CallStatus
    let variables: JSONText

    /// How many bytes it keeps.
    var byteCount: Int {
        let idLength = if case .string(let label)? = id { label.utf8.count } else { 0 }
        return command.utf8.count + idLength + result.text.utf8.count + error.utf8.count + status.byteCount
            + variables.bytes.count
    }

    init(_ request: Request) {
        command = request.command
        id = request.commandID
        result = request.commandResult
        error = request.commandError
        status = request.status
        variables = request.variables
    }
}

extension Request {
    /// How many bytes of text it keeps, all members counted.
    var byteCount: Int {
        let texts = [app, requestHash ?? "", callerName, callerNumber, dateStarted, number, customField]
        return texts.reduce(RepeatKey(self).byteCount) { $0 + $1.utf8.count }
    }
}

extension CallStatus {
    /// How many bytes it keeps, of one that is not known.
    fileprivate var byteCount: Int { if case .other(let name) = self { name.utf8.count } else { 0 } }
}
