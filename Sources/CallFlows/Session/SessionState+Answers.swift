import RealTimeAPI

extension SessionState {
    /// Answers the turn with a command.
    mutating func send(_ command: Command, as kind: Journal.Answer = .command) -> [SessionAction] {
        journal.advance(to: kind)
        return turn.send(
            hosted.response(command, journal, call: call, callVariables: callVariables),
            entriesLength: journal.entries.count)
    }

    /// Sends the next command of the end; after the last one, `hangup`.
    mutating func send(_ ending: Journal.Ending) -> [SessionAction] {
        phase = .ending(ending.next)
        return send(flow.command(of: ending), as: .ending(ending.next))
    }

    /// Ends a call that is up.
    private mutating func end(_ conclusion: Journal.Conclusion) -> [SessionAction] {
        let ending = Journal.Ending(conclusion: conclusion, position: 0)
        phase = .ending(ending)
        return turn.isOpen ? send(ending) : []
    }

    /// What is logged of an error: nothing that a caller may have brought.
    private static func logged(_ error: any Error) -> String {
        switch error as? CallError {
        case .journalFull?, .flowChanged?, .stepInProgress?, .suspended?: "\(error)"
        case .commandFailed?, .stepFailed?, .ended?, nil: "\(error)".withoutNumbers
        }
    }

    /// The flow's function has ended.
    mutating func finish(_ error: (any Error)?) -> [SessionAction] {
        let failure = if case .refused(let reason) = step { reason as any Error } else { error }
        let report = failure.map { [SessionAction.reportFailure(step: stepCount, reason: Self.logged($0))] } ?? []
        switch phase {
        case .running: return report + end(failure == nil ? .completed : .failed)
        case .unwinding(let request):
            if case .ended? = failure as? CallError { return close(request, .interrupted) }
            return report + close(request, failure == nil ? .completed : .failed)
        case .ending, .tellingEnd, .over, .forgotten: return []
        }
    }

    /// The call is over, and so is the flow's function.
    mutating func close(_ request: Request, _ outcome: CallEnd.Outcome) -> [SessionAction] {
        let report = SessionAction.reportEnd(request.status, outcome)
        // A call that was refused never was the flow's.
        let isRejected = if case .ending(let ending) = phase { ending.conclusion == .rejected } else { false }
        guard flow.onEnd != nil, !isRejected else {
            phase = .over(request.status)
            return turn.sendNothing() + [report]
        }
        phase = .tellingEnd(request.status)
        let key = "\(flow.name)-\(call)-end"
        return [.tellEnd(CallEnd(request: request, outcome: outcome, idempotencyKey: key)), report]
    }

    /// The end handler has returned.
    mutating func endWasTold() -> [SessionAction] {
        if case .tellingEnd(let status) = phase { phase = .over(status) }
        return turn.sendNothing()
    }

    /// The budget of a turn is used up: sends a filler if it has not been answered.
    mutating func budgetUsedUp(turn number: Int) -> [SessionAction] {
        guard turn.number == number, turn.isOpen else { return [] }
        switch phase {
        case .running: return fillerCount < flow.fillerLimit ? sendFiller() : giveUp()
        case .unwinding, .tellingEnd: return turn.sendNothing()
        // These answer at once, or nobody waits for their answer.
        case .ending, .over, .forgotten: return []
        }
    }

    private mutating func sendFiller() -> [SessionAction] {
        fillerCount += 1
        journal.append(.filler)
        return send(flow.filler, as: .filler) + [.reportFiller(step: stepCount)]
    }

    /// Fails a flow that takes too long.
    private mutating func giveUp() -> [SessionAction] {
        let reason = "not ready after \(fillerCount) fillers: make the step faster, or raise the flow's fillerLimit"
        return [.reportFailure(step: stepCount, reason: reason)] + refuseSteps(.suspended) + end(.failed)
    }
}

extension CallFlow {
    /// The next command of a call's end.
    func command(of ending: Journal.Ending) -> Command {
        let commands =
            switch ending.conclusion {
            case .completed: [Command]()
            case .failed: fallback
            case .rejected: safeAnswer
            }
        return commands.indices.contains(ending.position) ? commands[ending.position] : .hangup(Hangup())
    }
}
