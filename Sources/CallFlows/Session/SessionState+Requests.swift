import RealTimeAPI

extension SessionState {
    /// Takes the request that the session is made for.
    ///
    /// - Parameter entries: those of the journal, which the flow is given again.
    mutating func begin(_ request: Request, entries: [JournalEntry]) -> [SessionAction] {
        replay = entries.reversed()
        fillerCount = replay.prefix { $0 == .filler || $0.isLocal }.count { $0 == .filler }
        return take(request, isFiller: journal.isFiller)
    }

    /// Takes a further request if it belongs to this session.
    ///
    /// - Returns: nil if it does not: its journal is another one, or the session is forgotten.
    mutating func receive(_ request: Request, _ continuation: AnswerContinuation) -> [SessionAction]? {
        if turn?.request == RepeatKey(request) || isClosed && request.status.isFinal, isAnswering {
            return wait(continuation)
        }
        guard !isAbandoned, isNext(request) else { return nil }
        return take(request, isFiller: sent == nil || journal.isFiller) + wait(continuation)
    }

    /// Ends the call, whose last answer the platform has not acted on.
    ///
    /// - Returns: nil if the session is forgotten.
    mutating func receive(late request: Request, _ continuation: AnswerContinuation) -> [SessionAction]? {
        guard isAnswering else { return nil }
        return take(request, isFiller: true) + wait(continuation)
    }

    /// Takes a request of a call in which other instances have sent fillers for the step that runs here, and goes on with it.
    ///
    /// - Parameter other: the request's journal.
    /// - Returns: nil if more has happened there, or other things.
    mutating func receive(
        _ request: Request, after other: Journal, _ continuation: AnswerContinuation
    ) -> [SessionAction]? {
        guard !isAbandoned, finalRequest == nil, shadow == nil, let sent, journal.isFiller, journal.ending == nil,
            other.isFiller, other.turn > journal.turn, let (journal, added) = journal.following(other, since: sent.length)
        else { return nil }
        self.journal = journal
        fillerCount += added
        return take(request, isFiller: true) + wait(continuation)
    }

    /// Whether who waits for the turn gets an answer.
    private var isAnswering: Bool { !isAbandoned || isClosed || turn?.answer != nil }

    /// Whether a request follows the answer that was sent; the end may also come before there is one.
    private func isNext(_ request: Request) -> Bool {
        guard let sent else { return request.status.isFinal && turn?.request.variables == request.variables }
        return sent.variables == request.variables
            && (request.status.isFinal
                || request.commandID == .integer(journal.turn) && request.command == sent.command)
    }

    private mutating func wait(_ continuation: AnswerContinuation) -> [SessionAction] {
        if let answer = turn?.answer { return [.answer([continuation], answer)] }
        turn?.waiting.append(continuation)
        return []
    }

    private mutating func take(_ request: Request, isFiller: Bool) -> [SessionAction] {
        var actions = openTurn(request)
        if request.status.isFinal { finalRequest = request }
        if !isFiller, shadow == nil, journal.ending == nil, let entry = JournalEntry(resultOf: request) {
            fillerCount = 0
            let error = record(entry, step: request.command)
            if let suspended {
                let outcome = entry.outcome(of: suspended.command.name)
                actions += resume(error.map(StepOutcome.failure) ?? outcome ?? .failure(.suspended))
            } else if error == nil {
                replay.insert(entry, at: 0)
            }
        } else if request.status.isFinal {
            actions += resume(.failure(.ended(request.status)))
        }
        return actions + goOn()
    }

    /// Begins a turn.
    ///
    /// Who still waits for the one before is told that nothing is to be done.
    private mutating func openTurn(_ request: Request) -> [SessionAction] {
        let number = (turn?.number ?? 0) + 1
        let late = turn?.waiting ?? []
        turn = Turn(number: number, request: RepeatKey(request))
        sent = nil
        return (late.isEmpty ? [] : [.answer(late, Response(nil))]) + [.watch(turn: number)]
    }

    /// Does what the turn allows without the flow.
    private mutating func goOn() -> [SessionAction] {
        if finalRequest != nil {
            if outcome != nil { return close() }
            return runningStep.map { [.cancel($0)] } ?? []
        }
        if journal.ending != nil { return sendEnding() }
        if shadow == .filler { return send(flow.filler, isFiller: true) }
        guard isReady, let suspended else { return [] }
        isReady = false
        return send(suspended.command)
    }

    mutating func resume(_ outcome: StepOutcome) -> [SessionAction] {
        guard let waiting = suspended else { return [] }
        suspended = nil
        isReady = false
        isStepping = false
        return [.resume(waiting.continuation, outcome)]
    }

    /// Forgets the flow, at no loss: the journal has all.
    mutating func abandon() -> [SessionAction] {
        guard !isAbandoned else { return [] }
        isAbandoned = true
        let waiting = turn?.waiting ?? []
        turn?.waiting = []
        return resume(.failure(.suspended)) + (runningStep.map { [.cancel($0)] } ?? [])
            + (waiting.isEmpty ? [] : [.answer(waiting, Response(nil))])
    }
}

/// How a session stands to a journal that is not its latest one.
enum CallHistory: Sendable {
    /// It has been there: the journal, and what followed until the answer was sent.
    case earlier(Journal, [JournalEntry], answer: SessionState.Shadow)
    /// It is the end of a call that has gone on since.
    case past
    /// It is ahead, or another course of the call.
    case other
}

extension SessionState {
    /// Looks for an earlier request, which comes again, in what the session remembers.
    func history(after earlier: Journal, _ request: Request) -> CallHistory {
        guard earlier.turn < journal.turn, !isAbandoned || isClosed else { return .other }
        // The call may end before the last answer has come to it, and no earlier.
        if request.status.isFinal, !isClosed, earlier.turn < journal.turn - (sent == nil ? 0 : 1) { return .past }
        // The end has no history, and needs none.
        if earlier.ending != nil { return .earlier(earlier, [], answer: .command) }
        guard journal.entries.starts(with: earlier.entries), let all = journal.parsedEntries,
            let before = earlier.parsedEntries
        else { return .other }
        var rest = all.dropFirst(before.count)
        var journal = earlier
        func take() { if let entry = rest.popFirst() { journal.append(entry) } }
        if !earlier.isFiller, earlier.turn > 0, let result = JournalEntry(resultOf: request) {
            guard rest.first == result else { return .other }
            take()
        }
        while rest.first?.isLocal == true { take() }
        let isFiller = rest.first == .filler
        if isFiller { take() }
        return .earlier(journal, journal.parsedEntries ?? [], answer: isFiller ? .filler : .command)
    }
}
