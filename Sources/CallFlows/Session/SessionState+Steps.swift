import RealTimeAPI

extension SessionState {
    /// Where a step's outcome comes from.
    enum StepSource {
        /// It is in the journal.
        case journal(StepOutcome)
        /// The step has to be taken.
        case live
    }

    /// Begins a step, and takes its outcome from the journal if it is there.
    ///
    /// - Parameters:
    ///   - name: the command's or the value's.
    ///   - match: the outcome of an entry, if it is that of such a step.
    mutating func beginStep(_ name: String, _ match: (JournalEntry) -> StepOutcome?) -> StepSource {
        if let error = obstacle(name) { return .journal(.failure(error)) }
        stepCount += 1
        guard let entry = nextEntry() else { return .live }
        if let outcome = match(entry) { return .journal(outcome) }
        let error = CallError.flowChanged(step: stepCount, was: entry.stepName, now: name)
        step = .refused(error)
        return .journal(.failure(error))
    }

    /// Takes the next entry to be replayed that is a step's.
    private mutating func nextEntry() -> JournalEntry? {
        guard case .none(var replay) = step else { return nil }
        step = .none(replay: [])  // so that the entries are not copied
        defer { step = .none(replay: replay) }
        while replay.last?.isBetweenSteps == true { replay.removeLast() }
        return replay.popLast()
    }

    /// Keeps what the step before came to under a name, for all to see, unless the journal says so already.
    mutating func keep(_ name: String) {
        guard case .none(var replay) = step else { return }
        while replay.last == .filler { replay.removeLast() }
        if case .kept(name, _)? = replay.last {
            replay.removeLast()
        } else if replay.isEmpty {
            let isShown = callVariables.value[name] == nil
            if record(.kept(name: name, isShown: isShown), step: name) != nil { return }
        }
        step = .none(replay: replay)
    }

    /// Asks for a command: it is the answer to the turn in progress, or waits for a filler to end.
    mutating func issue(
        _ command: Command, _ continuation: UnsafeContinuation<StepOutcome, Never>
    ) -> [SessionAction] {
        if let error = obstacle(command.name) ?? phase.finalStatus.map(CallError.ended) {
            return [.resume(continuation, .failure(error))]
        }
        step = .command(command, continuation)
        return turn.isOpen ? send(command) : []
    }

    /// A `once` begins to run.
    ///
    /// - Returns: why it must not.
    mutating func beginRunning(_ name: String) -> CallError? {
        if let error = obstacle(name) { return error }
        if isRerun { return .suspended }
        step = .once(nil, isCleanup: phase.finalStatus != nil)
        return nil
    }

    /// Keeps the task of the `once` that runs.
    ///
    /// - Returns: whether it has to be cancelled, for what would have cancelled it has come since the step began.
    mutating func keep(_ task: Task<Void, Never>) -> Bool {
        guard case .once(_, let isCleanup) = step else { return true }
        step = .once(task, isCleanup: isCleanup)
        return phase.finalStatus != nil && !isCleanup
    }

    /// A `once` has run.
    ///
    /// - Parameter entry: what it came to; nil if it was cancelled.
    mutating func endRunning(_ name: String, _ entry: JournalEntry?) -> StepOutcome {
        if case .refused(let error) = step { return .failure(error) }
        step = .none(replay: [])
        guard let entry, let outcome = entry.outcome(ofValue: name) else {
            return .failure(phase.finalStatus.map(CallError.ended) ?? .suspended)
        }
        return record(entry, step: name).map(StepOutcome.failure) ?? outcome
    }

    /// A command that is not even sent fails like one that the platform refuses.
    mutating func refuse(_ command: String, _ reason: String) -> StepOutcome {
        if let error = obstacle(command) { return .failure(error) }
        let entry = JournalEntry.refusal(code: JournalEntry.code(command)!, reason)
        return .failure(record(entry, step: command) ?? .commandFailed(command: command, reason: reason))
    }

    /// Why a step can't be taken now.
    private func obstacle(_ name: String) -> CallError? {
        switch step {
        case .none: nil
        case .command, .once: .stepInProgress(step: name)
        case .refused(let error): error
        }
    }

    /// Adds what a step came to.
    ///
    /// - Returns: an error, with which all further steps are refused, if that does not fit.
    mutating func record(_ entry: JournalEntry, step name: String) -> CallError? {
        let before = journal
        journal.append(entry)
        let size =
            journal.entries.count + JournalSeal.others(journal, callVariables).bytes.count + JournalSeal.overhead
        guard size > hosted.options.journalLimit else { return nil }
        journal = before
        let error = CallError.journalFull(step: name, bytes: size, limit: hosted.options.journalLimit)
        step = .refused(error)
        return error
    }

    /// Lets the flow's function go on if it waits for a command.
    mutating func resume(_ outcome: StepOutcome) -> [SessionAction] {
        guard case .command(_, let continuation) = step else { return [] }
        step = .none(replay: [])
        return [.resume(continuation, outcome)]
    }

    /// Ends the step in progress, and refuses all others.
    mutating func refuseSteps(_ error: CallError) -> [SessionAction] {
        let actions = cancelOnce() + resume(.failure(error))
        step = .refused(error)
        return actions
    }

    func cancelOnce() -> [SessionAction] {
        if case .once(let task?, _) = step { [.cancel(task)] } else { [] }
    }

    /// The key of the step that has begun: the same in every run of the flow.
    func idempotencyKey(_ name: String) -> String { "\(flow.name)-\(call)-\(stepCount)-\(name)" }
}
