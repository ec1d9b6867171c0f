import CoreMetrics
import RealTimeAPI
import Synchronization
import TelephonyAudio

/// A call at one instance, and the task that runs its flow.
final class CallSession: Sendable {
    let call: CallID
    let hosted: HostedFlow
    /// The call as its first request told of it.
    let request: Request
    private let requestLength: Int
    private let state: Mutex<SessionState>

    var voice: String { hosted.flow.voice }

    /// A session that has taken the request which it is made for; ``start()`` does what follows.
    init(_ request: Request, _ state: SessionState) {
        call = request.call
        hosted = state.hosted
        var first = request
        first.command = ""
        first.commandID = nil
        first.commandResult = ResultText("")
        first.commandError = ""
        first.status = state.journal.firstStatus
        first.variables = state.callVariables
        self.request = first
        requestLength = first.byteCount
        var state = state
        beginning = Mutex(state.begin(request))
        self.state = Mutex(state)
    }

    private let beginning: Mutex<[SessionAction]>

    /// Runs the flow, unless it is over.
    func start() {
        let actions = beginning.withLock { actions in
            defer { actions = [] }
            return actions
        }
        perform(actions)
        guard state.withLock({ $0.runsFunction }) else { return }
        Task {
            do {
                try await hosted.flow.body(Call(session: self))
                finish(nil)
            } catch { finish(error) }
        }
    }

    private func finish(_ error: (any Error)?) { change { $0.finish(error) } }

    /// The answer to a request; nil if it belongs to another session.
    func answer(_ request: Request) async -> Response? {
        await answer { $0.receive(request, $1) }
    }

    private func answer(
        _ receive: (inout SessionState, AnswerContinuation) -> [SessionAction]?
    ) async -> Response? {
        await withUnsafeContinuation { continuation in
            guard let actions = state.withLock({ receive(&$0, continuation) }) else {
                return continuation.resume(returning: nil)
            }
            perform(actions)
        }
    }

    /// The answer to the end of a call, whose last answer the platform has not acted on.
    func answer(late request: Request) async -> Response? {
        await answer { $0.receive(late: request, $1) }
    }

    /// The answer to a request of a call in which other instances have sent fillers for the step that runs here; nil if more has happened.
    func answer(_ request: Request, after journal: Journal) async -> Response? {
        await answer { $0.receive(request, after: journal, $1) }
    }

    /// How many bytes the session keeps of what requests have brought, and of its answers.
    ///
    /// - Complexity: O(1).
    var byteCount: Int { requestLength + state.withLock { $0.byteCount } }

    var turnNumber: Int { state.withLock { $0.turn.number } }

    /// What the session knows of a request with a journal that is not its latest one.
    func history(after journal: Journal, _ request: Request) -> CallHistory {
        state.withLock { $0.history(after: journal, request) }
    }

    func budgetUsedUp(turn: Int) { change { $0.budgetUsedUp(turn: turn) } }

    func forget() { change { $0.forget() } }

    /// Forgets the session if nobody waits for it.
    ///
    /// - Returns: whether it did.
    func forgetIfPossible() -> Bool {
        var isForgotten = false
        change { state in
            isForgotten = state.canBeForgotten
            return isForgotten ? state.forget() : []
        }
        return isForgotten
    }

    private func change(_ body: (inout SessionState) -> [SessionAction]) {
        perform(state.withLock { body(&$0) })
    }

    private func perform(_ actions: [SessionAction]) {
        for action in actions {
            switch action {
            case .answer(let waiting, let response): for each in waiting { each.resume(returning: response) }
            case .resume(let continuation, let outcome): continuation.resume(returning: outcome)
            case .watch(let turn): hosted.watch(self, turn: turn)
            case .cancel(let task): task.cancel()
            case .tellEnd(let end):
                Task {
                    await hosted.flow.onEnd?(end)
                    change { $0.endWasTold() }
                }
            case .reportEnd(let status, let outcome): hosted.reportEnd(call, status, outcome)
            case .reportFiller(let step): hosted.reportFiller(call, step: step)
            case .reportFailure(let step, let reason): hosted.reportFailure(call, step: step, reason)
            }
        }
    }
}

// MARK: Steps

extension CallSession {
    /// Runs a command, or takes its result from the journal.
    func run(_ command: Command, findings: [Finding]? = nil) async throws(CallError) -> ResultText {
        if let known = try outcome(ofUnsent: command, findings) { return known }
        return try await issue(command)
    }

    /// What a command comes to that need not, or can't, be sent; nil for others.
    ///
    /// It does not wait, and is not a part of what does: that is kept as long as the platform takes.
    @inline(never)
    private func outcome(ofUnsent command: Command, _ findings: [Finding]?) throws(CallError) -> ResultText? {
        if let replayed = try begin(command.name) { return replayed }
        if let error = (findings ?? command.findings).first(where: { $0.severity == .error }) {
            return try refuse(command.name, error.withoutValue)
        }
        return nil
    }

    /// Plays audio, which is encoded only if it is sent.
    func playSound(_ audio: PhoneAudio) async throws(CallError) -> ResultText {
        if let replayed = try begin(PlayWAVData.name) { return replayed }
        return try await issue(.playWAVData(PlayWAVData(base64: audio.base64WAV)))
    }

    /// Plays an audio file, converted once.
    func playAudio(_ file: String) async throws(CallError) -> ResultText {
        if let replayed = try begin(PlayWAVData.name) { return replayed }
        let base64: String
        do throws(AudioFileError) { base64 = try await hosted.audio.base64(file) } catch {
            return try refuse(PlayWAVData.name, error.description)
        }
        return try await issue(.playWAVData(PlayWAVData(base64: base64)))
    }

    /// Runs something that is no command, or takes its value from the journal.
    func once(
        _ name: String, _ body: @escaping @Sendable (_ key: String) async throws -> String
    ) async throws(CallError) -> String {
        let step = state.withLock { $0.beginStep(name) { $0.outcome(ofValue: name) } }
        if case .journal(let outcome) = step { return try outcome.get().text }
        if let error = state.withLock({ $0.beginRunning(name) }) { throw error }
        let entry = await run(name, body)
        return try state.withLock { $0.endRunning(name, entry) }.get().text
    }

    /// Keeps what the last step came to under a name, for all to see.
    func keep(_ name: String) { state.withLock { $0.keep(name) } }

    private func run(
        _ name: String, _ body: @escaping @Sendable (_ key: String) async throws -> String
    ) async -> JournalEntry? {
        let hash = JournalEntry.hash(name)
        let key = state.withLock { $0.idempotencyKey(name) }
        let body = hosted.tracer?.traced(name, tracedStep, body) ?? body
        return await withUnsafeContinuation { continuation in
            let task = Task {
                do {
                    continuation.resume(returning: .value(name: hash, try await body(key)))
                } catch {
                    let isCancelled = error is CancellationError && Task.isCancelled
                    continuation.resume(returning: isCancelled ? nil : .stepFailure(name: hash, "\(error)"))
                }
            }
            if state.withLock({ $0.keep(task) }) { task.cancel() }
        }
    }

    private func begin(_ command: String) throws(CallError) -> ResultText? {
        switch state.withLock({ $0.beginStep(command) { $0.outcome(of: command) } }) {
        case .journal(let outcome): try outcome.get()
        case .live: nil
        }
    }

    private func issue(_ command: Command) async throws(CallError) -> ResultText {
        guard let tracer = hosted.tracer else { return try await result(of: command) }
        return try await tracer.trace(command, tracedStep) { () async throws(CallError) in
            try await result(of: command)
        }
    }

    private func result(of command: Command) async throws(CallError) -> ResultText {
        let outcome = await withUnsafeContinuation { continuation in change { $0.issue(command, continuation) } }
        return try outcome.get()
    }

    /// The step in progress, as traces have it.
    private var tracedStep: TracedStep {
        TracedStep(call: call, flow: hosted.flow.name, number: state.withLock { $0.stepCount })
    }

    private func refuse(_ command: String, _ reason: String) throws(CallError) -> ResultText {
        try state.withLock { $0.refuse(command, reason) }.get()
    }
}

extension StepOutcome {
    fileprivate func get() throws(CallError) -> ResultText {
        switch self {
        case .result(let result): return result
        case .failure(let error): throw error
        }
    }
}
