import RealTimeAPI

/// What a session knows of a request with a journal that is not its latest one.
enum CallHistory: Sendable {
    /// The request was answered with a command, which does not depend on the flow's function; the journal goes with it.
    case answered(Command, Journal)
    /// The request was answered with what the flow does next after a journal and its entries.
    case rerun(Journal, [JournalEntry])
    /// It is the end of the call, which came before the last answer.
    case lateEnd
    /// It is the end of a call that has gone on since.
    case staleEnd
    /// The journal is ahead, or that of another course of the call.
    case other
}

extension SessionState {
    /// Looks for an earlier request, which comes again, in what the session remembers.
    func history(after earlier: Journal, _ request: Request) -> CallHistory {
        guard !phase.isForgotten, earlier.turn < journal.turn else { return .other }
        if request.status.isFinal, !phase.isClosed {
            // The call may end before the last answer has come to it, and no earlier.
            guard case .sent = turn.state, earlier.turn == journal.turn - 1 else { return .staleEnd }
        }
        // The end has no history, and needs none.
        if let ending = earlier.ending {
            return request.status.isFinal
                ? .lateEnd : .answered(after: earlier, flow.command(of: ending), .ending(ending.next))
        }
        guard journal.entries.starts(with: earlier.entries), let all = journal.parsedEntries,
            var entries = earlier.parsedEntries
        else { return .other }
        var rest = all.dropFirst(entries.count)
        var known = earlier
        func take() {
            guard let entry = rest.popFirst() else { return }
            known.append(entry)
            entries.append(entry)
        }
        if earlier.lastAnswer == .command, earlier.turn > 0, let result = JournalEntry(resultOf: request) {
            guard rest.first == result else { return .other }
            take()
        }
        if request.status.isFinal { return .lateEnd }
        while rest.first?.isLocal == true { take() }
        guard rest.first == .filler else { return .rerun(known, entries) }
        take()
        return .answered(after: known, flow.filler, .filler)
    }
}

extension CallHistory {
    fileprivate static func answered(after journal: Journal, _ command: Command, _ answer: Journal.Answer)
        -> CallHistory
    {
        var journal = journal
        journal.advance(to: answer)
        return .answered(command, journal)
    }
}
