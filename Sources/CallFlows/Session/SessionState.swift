import RealTimeAPI

/// A call at one instance: its journal, its flow's place in it, and the turn that is to be answered.
///
/// The flow runs ahead of the platform by one command at most. While there are entries to replay, its steps take their
/// results from them; then each command is the answer to the turn in progress, and the flow is suspended until the next
/// turn brings the result.
struct SessionState {
    /// A request that is answered, or will be.
    struct Turn {
        let number: Int
        let request: RepeatKey
        var answer: Response?
        var waiting: [AnswerContinuation] = []
    }

    /// What a repeated request was answered with.
    enum Shadow: Sendable {
        case command
        case filler
    }

    /// The answer that the platform is acting on.
    struct Sent {
        let command: String
        let variables: JSONText
        /// How long the journal's entries were.
        let length: Int
    }

    let hosted: HostedFlow
    let call: CallID
    /// The variables that came with the call.
    let others: JSONText
    /// What an earlier answer was that is only to be found again, by running nothing anew; nil in a session of the call.
    let shadow: Shadow?

    var journal: Journal
    var turn: Turn?
    var sent: Sent?
    /// How many fillers were sent since the last result of a command.
    var fillerCount = 0

    /// What is still to be replayed, backwards.
    var replay: [JournalEntry] = []
    /// How many steps the flow has begun.
    var stepCount = 0
    /// Where the flow waits for a command's result, and for which.
    var suspended: (continuation: UnsafeContinuation<StepOutcome, Never>, command: Command)?
    /// Whether that command has not been sent yet, because a filler is not over.
    var isReady = false
    /// What a `once` runs.
    var runningStep: Task<Void, Never>?
    /// Whether that cleans up after the call.
    var beganAfterEnd = false
    var isStepping = false
    /// Why the flow can take no further step.
    var fatal: CallError?

    /// The request that ended the call.
    var finalRequest: Request?
    /// What became of the flow's function; nil while it runs.
    var outcome: CallEnd.Outcome?
    var isClosed = false
    var isAbandoned = false
    /// Whether the end handler has been called and has not returned.
    var isTellingEnd = false

    init(_ hosted: HostedFlow, call: CallID, others: JSONText, journal: Journal, shadow: Shadow? = nil) {
        self.hosted = hosted
        self.call = call
        self.others = others
        self.journal = journal
        self.shadow = shadow
        if let ending = journal.ending { outcome = ending.conclusion == .completed ? .completed : .failed }
        if shadow == .filler { outcome = .completed }
    }

    var flow: CallFlow { hosted.flow }

    /// Whether nobody waits for an answer, and nothing of a call that is over still runs, so that it can be forgotten.
    var isQuiet: Bool { turn?.answer != nil && (finalRequest == nil || outcome != nil && !isTellingEnd) }
}

/// A request but for what does not matter to its answer: a repeated one is recognised by it.
struct RepeatKey: Equatable {
    private let command: String
    private let id: CommandID?
    private let result: ResultText
    private let error: String
    private let status: CallStatus
    let variables: JSONText

    init(_ request: Request) {
        command = request.command
        id = request.commandID
        result = request.commandResult
        error = request.commandError
        status = request.status
        variables = request.variables
    }
}
