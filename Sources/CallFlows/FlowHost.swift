import CoreMetrics
public import Logging
public import RealTimeAPI
import Synchronization

/// Answers the platform's requests with what a flow asks for.
///
/// ```swift
/// let host = FlowHost(ageCheck, key: try JournalKey(secret: secret))
/// let response = await host.respond(to: request)
/// ```
///
/// Any number of hosts, in any number of processes, may serve the same calls, if they have the same key: what a flow needs to continue
/// travels in `variables`. What a host keeps in memory only saves running flows again.
///
/// A host counts in swift-metrics, and has spans in swift-distributed-tracing, for requests, commands and `once`. Both systems must be
/// bootstrapped before the host is made.
public final class FlowHost: Sendable {
    /// Versions of the flow; the last one takes new calls.
    private let versions: Mutex<[HostedFlow]>
    private let sessions: SessionTable
    private let options: FlowHostOptions
    private let seal: JournalSeal
    private let logger: Logger
    private let metrics: FlowMetrics
    private let tracer: FlowTracer?
    private let watched: DelayQueue<TurnWatch>
    /// So that nobody fills a disk with lines about forged journals.
    private let logLimits: FlowLogLimits

    /// How many versions of a flow are hosted at most.
    private static let maximumVersions = 16

    /// A host.
    ///
    /// - Parameters:
    ///   - flow: what takes new calls.
    ///   - key: what authenticates the journals; the same at all instances.
    ///   - options: the budget of an answer, and how much is kept in memory.
    ///   - logger: gets beginnings and ends of calls as information, failures of flows, refused journals, and turns for debugging;
    ///     never digits, numbers or audio.
    public convenience init(
        _ flow: CallFlow, key: JournalKey, options: FlowHostOptions = FlowHostOptions(),
        logger: Logger = Logger(label: "rtmedia.flows")
    ) {
        self.init(flow, key: key, options: options, logger: logger, clock: ContinuousClock())
    }

    /// A host with another clock, for tests.
    public convenience init<C: Clock>(
        _ flow: CallFlow, key: JournalKey, options: FlowHostOptions = FlowHostOptions(),
        logger: Logger = Logger(label: "rtmedia.flows"), clock: C
    ) where C.Duration == Duration {
        self.init(flow, key: key, options: options, logger: logger, clock: clock, metrics: FlowMetrics())
    }

    init<C: Clock>(
        _ flow: CallFlow, key: JournalKey, options: FlowHostOptions, logger: Logger, clock: C, metrics: FlowMetrics
    ) where C.Duration == Duration {
        self.options = options
        self.logger = logger
        self.metrics = metrics
        tracer = FlowTracer()
        seal = JournalSeal(key: key)
        let time = FlowTime(clock)
        watched = DelayQueue(delay: options.budget, time: time) { $0.session?.budgetUsedUp(turn: $0.turn) }
        let evictions = metrics.evicted
        sessions = SessionTable(
            maximumCount: options.maximumCalls, maximumBytes: options.maximumKeptBytes, idleTime: options.idleTime,
            time: time
        ) { evictions.increment() }
        logLimits = FlowLogLimits(clock: clock, logger: logger)
        versions = Mutex([])
        host(flow)
    }

    /// Takes new calls with another version of the flow; calls in progress stay with the one that they began with.
    public func host(_ flow: CallFlow) {
        let hosted = HostedFlow(
            flow, options: options, seal: seal, logger: logger, metrics: metrics, tracer: tracer,
            watched: watched, logLimits: logLimits)
        versions.withLock { versions in
            versions.removeAll { $0.flow.name == flow.name && $0.flow.version == flow.version }
            versions.append(hosted)
            if versions.count > Self.maximumVersions { versions.removeFirst() }
        }
    }

    deinit {
        sessions.removeAll()
        finishLog()
    }

    /// Logs how many refused journals and failures were not logged, at once instead of some seconds later: for the end of a program.
    package func finishLog() { logLimits.finish() }

    /// How many calls are in memory.
    public var callCount: Int { sessions.count }

    /// The answer to a request, within the budget.
    ///
    /// The same request gets the same answer; if it comes again while it is being answered, both get it at the same time.
    public func respond(to request: Request) async -> Response {
        let response =
            if let tracer { await tracer.trace(request) { await answer(request) } } else { await answer(request) }
        logger.debug(
            "answered",
            metadata: [
                "callid": "\(request.call)", "status": "\(request.status.loggedName)",
                "reported": "\(request.loggedCommand)",
                "answer": "\(response.command?.name ?? "")",
            ])
        return response
    }

    private func answer(_ request: Request) async -> Response {
        if let session = sessions[request.call], let answer = await answer(request, of: session) { return answer }
        let opened = seal.open(request.variables, call: request.call)
        var request = request
        request.variables = opened.variables
        var admission = admit(request, opened)
        if case .missing = admission, let look = options.onMissingVersion {
            await look(self)
            admission = admit(request, opened)
        }
        switch admission {
        case .refused(let reason): return refuse(request, opened, reason)
        case .missing(let journal):
            return refuse(
                request, opened, "the journal is of \(journal.flow), version \(journal.version), which is not hosted")
        case .admitted(let hosted, let journal, let entries):
            while true {
                let answer = await respond(to: request, opened.callVariables, hosted, journal, entries)
                if let answer { return answer }
            }
        }
    }

    /// The answer of the call's session, or of a new one; nil if another one came into its place meanwhile.
    ///
    /// It waits with as little as there is: what takes a call up again is apart.
    private func respond(
        to request: Request, _ callVariables: JSONText, _ hosted: HostedFlow, _ journal: Journal,
        _ entries: [JournalEntry]
    ) async -> Response? {
        let present = sessions[request.call]
        if let present, case .answer(let answer) = await look(in: present, for: request, callVariables, hosted, journal)
        {
            return answer
        }
        guard let session = begin(request, callVariables, hosted, journal, entries, in: present) else { return nil }
        return await answer(request, of: session)
    }

    /// The answer of a session, which keeps more or less afterwards than before.
    private func answer(_ request: Request, of session: CallSession) async -> Response? {
        let answer = await session.answer(request)
        sessions.recount(session)
        return answer
    }

    /// Begins a session in the place of another one, or of none; nil if that is not there any more.
    @inline(never)
    private func begin(
        _ request: Request, _ callVariables: JSONText, _ hosted: HostedFlow, _ journal: Journal,
        _ entries: [JournalEntry], in present: CallSession?
    ) -> CallSession? {
        let state = SessionState(hosted, request, callVariables: callVariables, journal: journal, entries: entries)
        let session = CallSession(request, state)
        guard sessions.replace(present, with: session) else { return nil }
        hosted.reportBeginning(request.call, isResumed: journal.turn > 0)
        session.start()
        return session
    }

    /// What a session has for a request.
    private enum Found {
        /// An answer; none if the session was replaced meanwhile.
        case answer(Response?)
        /// Nothing: another session has to begin.
        case nothing
    }

    /// Looks for the answer to a request in the call's session.
    @inline(never)
    private func look(
        in present: CallSession, for request: Request, _ callVariables: JSONText, _ hosted: HostedFlow,
        _ journal: Journal
    ) async -> Found {
        // The same variables, written in another way.
        defer { sessions.recount(present) }
        if let answer = await present.answer(request) { return .answer(answer) }
        if let answer = await present.answer(request, after: journal) { return .answer(answer) }
        switch present.history(after: journal, request) {
        case .answered(let command, let journal):
            return .answer(hosted.response(command, journal, call: request.call, callVariables: callVariables))
        case .rerun(let journal, let entries):
            let state = SessionState(
                hosted, request, callVariables: callVariables, journal: journal, entries: entries, isRerun: true)
            return .answer(await rerun(CallSession(request, state), request))
        case .lateEnd: return .answer(await present.answer(late: request))
        case .staleEnd:
            hosted.reportRejection(request.call, "the end is that of an earlier turn")
            return .answer(Response(nil))
        case .other: return .nothing
        }
    }

    /// An answer that was given before, found again by a run of the flow that runs nothing else.
    private func rerun(_ session: CallSession, _ request: Request) async -> Response? {
        session.start()
        defer { session.forget() }
        return await session.answer(request)
    }
}

extension FlowHost {
    private enum Admission {
        case admitted(HostedFlow, Journal, [JournalEntry])
        /// The journal is authentic, but of a version that is not hosted.
        case missing(Journal)
        case refused(String)
    }

    /// Whether a request begins a call, or goes on with one whose journal is authentic.
    private func admit(_ request: Request, _ opened: JournalSeal.Opened) -> Admission {
        let versions = versions.withLock { $0 }
        guard opened.isPresent else {
            guard request.command.isEmpty, let hosted = versions.last else {
                return .refused("a request within a call has no journal")
            }
            let journal = Journal(
                flow: hosted.flow.name, version: hosted.flow.version, firstStatus: request.status)
            return .admitted(hosted, journal, [])
        }
        guard let journal = opened.journal, let entries = journal.parsedEntries else {
            return .refused("the journal is not authentic")
        }
        guard let hosted = versions.last(where: { $0.flow.name == journal.flow && $0.flow.version == journal.version })
        else { return .missing(journal) }
        guard request.status.isFinal || request.commandID == .integer(journal.turn) else {
            return .refused("the journal is not that of the request's command")
        }
        return .admitted(hosted, journal, entries)
    }

    private func refuse(_ request: Request, _ opened: JournalSeal.Opened, _ reason: String) -> Response {
        guard let hosted = versions.withLock({ $0.last }) else { return Response(.hangup(Hangup())) }
        hosted.reportRejection(request.call, reason)
        guard !request.status.isFinal else { return Response(nil) }
        var journal = Journal(flow: hosted.flow.name, version: hosted.flow.version, firstStatus: request.status)
        let ending = Journal.Ending(conclusion: .rejected, position: 0)
        journal.advance(to: .ending(ending.next))
        return hosted.response(
            hosted.flow.command(of: ending), journal, call: request.call, callVariables: opened.callVariables)
    }
}
