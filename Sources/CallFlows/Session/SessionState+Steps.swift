import RealTimeAPI

extension SessionState {
    /// Where a step's outcome comes from.
    enum Step {
        /// It is there.
        case over(StepOutcome)
        /// It has to be taken.
        case live
    }

    /// Begins a step, and takes its outcome from the journal if it is there.
    ///
    /// - Parameters:
    ///   - name: the command's or the value's.
    ///   - match: the outcome of an entry, if it is that of such a step.
    mutating func beginStep(_ name: String, _ match: (JournalEntry) -> StepOutcome?) -> Step {
        if let fatal { return .over(.failure(fatal)) }
        if isAbandoned { return .over(.failure(.suspended)) }
        if isStepping { return .over(.failure(.stepInProgress(step: name))) }
        stepCount += 1
        while replay.last == .filler { replay.removeLast() }
        guard let entry = replay.popLast() else { return .live }
        if let outcome = match(entry) { return .over(outcome) }
        fatal = .flowChanged(step: stepCount, was: entry.stepName, now: name)
        return .over(.failure(fatal!))
    }

    /// Asks for a command: it is the answer to the turn in progress, or waits for a filler to end.
    mutating func issue(
        _ command: Command, _ continuation: UnsafeContinuation<StepOutcome, Never>
    ) -> [SessionAction] {
        if let error = obstacle(command.name) { return [.resume(continuation, .failure(error))] }
        if let finalRequest { return [.resume(continuation, .failure(.ended(finalRequest.status)))] }
        suspended = (continuation, command)
        isStepping = true
        if turn?.answer == nil { return send(command) }
        isReady = true
        return []
    }

    /// A `once` begins to run.
    ///
    /// - Returns: why it must not.
    mutating func beginRunning(_ name: String) -> CallError? {
        if let error = obstacle(name) { return error }
        if shadow != nil { return .suspended }
        isStepping = true
        beganAfterEnd = finalRequest != nil
        return nil
    }

    /// Keeps the task of a `once` that runs.
    ///
    /// - Returns: whether what would have cancelled it has come since the step began.
    mutating func isCancelled(_ task: Task<Void, Never>) -> Bool {
        runningStep = task
        return isAbandoned || fatal != nil || finalRequest != nil && !beganAfterEnd
    }

    /// A `once` has run.
    ///
    /// - Parameter entry: what it came to; nil if it was cancelled.
    mutating func endRunning(_ name: String, _ entry: JournalEntry?) -> StepOutcome {
        isStepping = false
        runningStep = nil
        if let error = obstacle(name) { return .failure(error) }
        guard let entry, let outcome = entry.outcome(ofValue: name) else {
            return .failure(finalRequest.map { .ended($0.status) } ?? .suspended)
        }
        return record(entry, step: name).map(StepOutcome.failure) ?? outcome
    }

    private func obstacle(_ name: String) -> CallError? {
        fatal ?? (isAbandoned ? .suspended : isStepping ? .stepInProgress(step: name) : nil)
    }

    /// A command that is not even sent fails like one that the platform refuses.
    mutating func refuse(_ command: String, _ reason: String) -> StepOutcome {
        if let error = obstacle(command) { return .failure(error) }
        let entry = JournalEntry.refusal(code: JournalEntry.code(command)!, reason)
        return .failure(record(entry, step: command) ?? .commandFailed(command: command, reason: reason))
    }

    /// Adds what a step came to.
    ///
    /// - Returns: an error, which ends the flow, if that does not fit.
    mutating func record(_ entry: JournalEntry, step: String) -> CallError? {
        let before = journal
        journal.append(entry)
        let size = journal.entries.count + others.bytes.count + JournalSeal.overhead
        guard size > hosted.options.journalLimit else { return nil }
        journal = before
        fatal = .journalFull(step: step, bytes: size, limit: hosted.options.journalLimit)
        return fatal
    }

    /// The key of the step that has begun: the same in every run of the flow.
    func idempotencyKey(_ name: String) -> String { "\(flow.name)-\(call)-\(stepCount)-\(name)" }
}
