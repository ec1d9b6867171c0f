import RealTimeAPI

extension SessionState {
    /// Takes the request that the session is made for.
    mutating func begin(_ request: Request) -> [SessionAction] {
        [.watch(turn: turn.number)] + take(request, isResult: journal.lastAnswer == .command)
    }

    /// Takes a further request if it belongs to this session.
    ///
    /// - Returns: nil if it does not: its journal is another one, or the session is forgotten.
    mutating func receive(_ request: Request, _ continuation: AnswerContinuation) -> [SessionAction]? {
        if turn.request == RepeatKey(request) || phase.isClosed && request.status.isFinal,
            !phase.isForgotten || !turn.isOpen
        {
            return turn.wait(continuation)
        }
        guard !phase.isForgotten, isNext(request) else { return nil }
        let isResult = !turn.isOpen && journal.lastAnswer == .command
        return open(request) + take(request, isResult: isResult) + turn.wait(continuation)
    }

    /// Takes the end of the call, whose last answer the platform has not acted on.
    ///
    /// - Returns: nil if the session is forgotten.
    mutating func receive(late request: Request, _ continuation: AnswerContinuation) -> [SessionAction]? {
        guard !phase.isForgotten else { return nil }
        return open(request) + take(request, isResult: false) + turn.wait(continuation)
    }

    /// Takes a request of a call in which other instances have sent fillers for the step that runs here, and goes on with it.
    ///
    /// - Parameter other: the request's journal.
    /// - Returns: nil if more has happened there, or other things.
    mutating func receive(
        _ request: Request, after other: Journal, _ continuation: AnswerContinuation
    ) -> [SessionAction]? {
        guard case .running = phase, case .sent(_, let length) = turn.state, journal.lastAnswer == .filler,
            other.lastAnswer == .filler, other.turn > journal.turn,
            let (journal, added) = journal.following(other, since: length)
        else { return nil }
        self.journal = journal
        fillerCount += added
        return open(request) + take(request, isResult: false) + turn.wait(continuation)
    }

    /// Whether a request follows the answer that was sent; the end may also come before there is one.
    private func isNext(_ request: Request) -> Bool {
        guard case .sent(let answer, _) = turn.state else {
            return request.status.isFinal && turn.request.variables == request.variables
        }
        return answer.variables == request.variables
            && (request.status.isFinal
                || request.commandID == .integer(journal.turn) && request.command == answer.command?.name)
    }

    /// Begins a turn.
    ///
    /// Who still waits for the one before is told that nothing is to be done.
    private mutating func open(_ request: Request) -> [SessionAction] {
        let dismissals = turn.dismiss()
        turn = Turn(number: turn.number + 1, request: RepeatKey(request))
        return dismissals + [.watch(turn: turn.number)]
    }

    /// Takes the request of the turn that has begun.
    ///
    /// - Parameter isResult: whether it brings the result of a command of the flow.
    private mutating func take(_ request: Request, isResult: Bool) -> [SessionAction] {
        var actions: [SessionAction] = []
        if isResult, !isRerun, case .running = phase, let entry = JournalEntry(resultOf: request) {
            actions = take(entry, of: request.command)
        } else if request.status.isFinal {
            actions = resume(.failure(.ended(request.status)))
        }
        return actions + (request.status.isFinal ? callEnded(request) : sendWhatIsReady())
    }

    /// Takes a command's result: for the flow, which waits for it, or for its run that begins.
    private mutating func take(_ entry: JournalEntry, of command: String) -> [SessionAction] {
        fillerCount = 0
        let taker = step
        let error = record(entry, step: command)
        switch taker {
        case .none(let replay):
            if error == nil { step = .none(replay: [entry] + replay) }
            return []
        case .command(let command, let continuation):
            if error == nil { step = .none(replay: []) }
            let outcome = error.map(StepOutcome.failure) ?? entry.outcome(of: command.name)
            return [.resume(continuation, outcome ?? .failure(.suspended))]
        case .once, .refused: return []
        }
    }

    private mutating func callEnded(_ request: Request) -> [SessionAction] {
        switch phase {
        case .running:
            phase = .unwinding(request)
            return cancelOnce()
        case .unwinding:
            // What runs now has been cancelled already, or cleans up.
            phase = .unwinding(request)
            return []
        case .ending(let ending): return close(request, ending.conclusion == .completed ? .completed : .failed)
        case .tellingEnd, .over, .forgotten: return turn.sendNothing()
        }
    }

    /// Answers the turn if that needs no more of the flow.
    private mutating func sendWhatIsReady() -> [SessionAction] {
        switch phase {
        case .running: if case .command(let command, _) = step { send(command) } else { [] }
        case .ending(let ending): send(ending)
        case .unwinding, .tellingEnd, .over, .forgotten: []
        }
    }

    /// Forgets the flow, at no loss: the journal has all.
    mutating func forget() -> [SessionAction] {
        if !phase.isClosed { phase = .forgotten }
        let reason = if case .refused(let earlier) = step { earlier } else { CallError.suspended }
        return refuseSteps(reason) + turn.dismiss()
    }
}
