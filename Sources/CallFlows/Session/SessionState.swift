import RealTimeAPI

/// A call at one instance: its journal, its flow's place in it, and the turn that is to be answered.
///
/// The flow runs ahead of the platform by one command at most. While there are entries to replay, its steps take their
/// results from them; then each command is the answer to the turn in progress, and the flow is suspended until the next
/// turn brings the result.
struct SessionState {
    /// How far the call and the flow's function are.
    enum Phase {
        /// The call is up, and the function runs.
        case running
        /// The call is up, and the function is over or was given up: the commands of the end are sent.
        case ending(Journal.Ending)
        /// The call was ended by a request, and the function has not returned yet.
        case unwinding(Request)
        /// The call and the function are over, and the end handler has not returned yet.
        case tellingEnd(CallStatus)
        /// The call, the function and the end handler are over.
        case over(CallStatus)
        /// The session was given up before the call was over, which goes on elsewhere, or later from its journal.
        case forgotten
    }

    /// What the flow's function is doing.
    enum Step {
        /// Its own code runs. The steps that it takes next get their outcomes from the entries, the last one first.
        case none(replay: [JournalEntry])
        /// A command waits for its result or, while the platform runs a filler, for the turn that it can be sent in.
        case command(Command, UnsafeContinuation<StepOutcome, Never>)
        /// A `once` runs, in a task as soon as there is one. The end of the call cancels it, unless it began after that, to
        /// clean up.
        case once(Task<Void, Never>?, isCleanup: Bool)
        /// No step can be taken any more.
        case refused(CallError)
    }

    let hosted: HostedFlow
    let call: CallID
    /// The variables that were given with the call: those beside the journal.
    let callVariables: JSONText
    /// Whether the session only finds an earlier answer again, by a run of the flow that runs no `once` anew.
    let isRerun: Bool

    var phase = Phase.running
    var step: Step
    var turn: Turn
    var journal: Journal
    /// How many fillers were sent since the last result of a command.
    var fillerCount: Int
    /// How many steps the flow has begun.
    var stepCount = 0

    /// The state at a request, which ``begin(_:)`` takes.
    ///
    /// - Parameter entries: those of the journal, which the flow is given again.
    init(
        _ hosted: HostedFlow, _ request: Request, callVariables: JSONText, journal: Journal, entries: [JournalEntry],
        isRerun: Bool = false
    ) {
        self.hosted = hosted
        call = request.call
        self.callVariables = callVariables
        self.journal = journal
        self.isRerun = isRerun
        turn = Turn(number: 1, request: RepeatKey(request))
        let replay = Array(entries.reversed())
        step = .none(replay: replay)
        fillerCount = replay.prefix { $0 == .filler || $0.isLocal }.count { $0 == .filler }
        if let ending = journal.ending { phase = .ending(ending) }
    }

    var flow: CallFlow { hosted.flow }

    /// How many bytes of the request, its answer and the journal are kept; the session itself has the call's own variables.
    ///
    /// The journal counts twice, for the flow knows what it has from there.
    var byteCount: Int {
        let replayLength =
            if case .none(let replay) = step { replay.count * MemoryLayout<JournalEntry>.stride } else { 0 }
        let end = if case .unwinding(let request) = phase { request.byteCount } else { 0 }
        return turn.byteCount + 2 * journal.entries.count + replayLength + end
    }

    /// Whether the flow's function runs, or has to be run.
    var runsFunction: Bool {
        switch phase {
        case .running, .unwinding: true
        case .ending, .tellingEnd, .over, .forgotten: false
        }
    }

    /// Whether nobody waits for an answer, and nothing of a call that is over still runs.
    var canBeForgotten: Bool {
        switch phase {
        case .running, .ending, .over: !turn.isOpen
        case .unwinding, .tellingEnd: false
        case .forgotten: true
        }
    }
}

extension SessionState.Phase {
    /// How the call ended; nil while it is up, and where that is not known any more.
    var finalStatus: CallStatus? {
        switch self {
        case .unwinding(let request): request.status
        case .tellingEnd(let status), .over(let status): status
        case .running, .ending, .forgotten: nil
        }
    }

    /// Whether both the call and the flow's function are over.
    var isClosed: Bool {
        switch self {
        case .tellingEnd, .over: true
        case .running, .ending, .unwinding, .forgotten: false
        }
    }

    var isForgotten: Bool { if case .forgotten = self { true } else { false } }
}
