import RealTimeAPI

extension SessionState {
    /// Answers the turn with a command.
    mutating func send(_ command: Command, isFiller: Bool = false) -> [SessionAction] {
        journal.turn += 1
        journal.isFiller = isFiller
        let variables = hosted.seal.variables(journal, call: call, others: others)
        sent = Sent(command: command.name, variables: variables, length: journal.entries.count)
        return settle(Response(command, commandID: .integer(journal.turn), variables: variables))
    }

    private mutating func settle(_ answer: Response) -> [SessionAction] {
        let waiting = turn?.waiting ?? []
        turn?.answer = answer
        turn?.waiting = []
        return waiting.isEmpty ? [] : [.answer(waiting, answer)]
    }

    /// Sends the next command of the end; after the last one, `hangup`.
    mutating func sendEnding() -> [SessionAction] {
        guard let ending = journal.ending else { return [] }
        journal.ending?.position += 1
        return send(flow.command(of: ending))
    }

    private mutating func end(_ conclusion: Journal.Conclusion) -> [SessionAction] {
        journal.ending = Journal.Ending(conclusion: conclusion, position: 0)
        outcome = conclusion == .completed ? .completed : .failed
        return turn?.answer == nil ? sendEnding() : []
    }

    /// The flow's function has ended.
    mutating func finish(_ error: (any Error)?) -> [SessionAction] {
        guard !isAbandoned, outcome == nil else { return [] }
        let failure = fatal ?? error
        var actions: [SessionAction] = []
        if let failure, !isEnd(failure) {
            actions = [.reportFailure(step: stepCount, reason: "\(failure)")]
        }
        guard finalRequest != nil else { return actions + end(failure == nil ? .completed : .failed) }
        outcome = failure == nil ? .completed : actions.isEmpty ? .interrupted : .failed
        return actions + close()
    }

    private func isEnd(_ error: any Error) -> Bool {
        guard finalRequest != nil, case .ended? = error as? CallError else { return false }
        return true
    }

    /// The call is over, and so is its flow.
    mutating func close() -> [SessionAction] {
        guard let finalRequest, let outcome, !isClosed else { return settle(Response(nil)) }
        isClosed = true
        // A call that was refused never was the flow's.
        let report = SessionAction.reportEnd(finalRequest.status, outcome)
        guard journal.ending?.conclusion != .rejected, flow.onEnd != nil else {
            return settle(Response(nil)) + [report]
        }
        let key = "\(flow.name)-\(call)-end"
        isTellingEnd = true
        return [.tellEnd(CallEnd(request: finalRequest, outcome: outcome, idempotencyKey: key)), report]
    }

    /// The end handler has returned.
    mutating func endWasTold() -> [SessionAction] {
        isTellingEnd = false
        return settle(Response(nil))
    }

    /// The budget of a turn is used up: sends a filler if it has not been answered.
    mutating func budgetUsedUp(turn number: Int) -> [SessionAction] {
        guard let turn, turn.number == number, turn.answer == nil, !isAbandoned else { return [] }
        if finalRequest != nil { return settle(Response(nil)) }
        guard fillerCount < flow.fillerLimit else {
            fatal = .suspended
            let reason = "not ready after \(fillerCount) fillers: make the step faster, or raise the flow's fillerLimit"
            return [.reportFailure(step: stepCount, reason: reason)] + (runningStep.map { [.cancel($0)] } ?? [])
                + end(.failed)
        }
        fillerCount += 1
        journal.append(.filler)
        return send(flow.filler, isFiller: true) + [.reportFiller(step: stepCount)]
    }
}

extension CallFlow {
    /// The command at a place in a call's end.
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
