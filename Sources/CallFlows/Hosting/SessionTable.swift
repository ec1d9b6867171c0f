import RealTimeAPI
import Synchronization

/// The calls that are in memory: up to a number of them and of bytes of their variables, and none that has been idle for long.
final class SessionTable: Sendable {
    /// A session that is forgotten when its time has come, unless a turn has been taken since.
    private struct Visit: Sendable {
        let table: SessionTable
        /// Nil when the session has been replaced.
        weak var session: CallSession?
        let turn: Int
    }

    private struct State {
        var sessions: [CallID: CallSession] = [:]
        /// How long all their own variables are.
        var bytes = 0

        mutating func set(_ session: CallSession?, of call: CallID) {
            bytes += (session?.variablesLength ?? 0) - (sessions[call]?.variablesLength ?? 0)
            sessions[call] = session
        }
    }

    private let state = Mutex(State())
    private let maximumCount: Int
    private let maximumBytes: Int
    private let evicted: @Sendable () -> Void
    private let visits: DelayQueue<Visit>

    /// A table.
    ///
    /// - Parameters:
    ///   - maximumBytes: of the calls' own variables.
    ///   - evicted: is called for each session that is forgotten.
    init(
        maximumCount: Int, maximumBytes: Int, idleTime: Duration, time: FlowTime,
        evicted: @escaping @Sendable () -> Void
    ) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
        self.evicted = evicted
        visits = DelayQueue(delay: idleTime, time: time) { $0.table.reconsider($0) }
    }

    var count: Int { state.withLock { $0.sessions.count } }

    subscript(_ call: CallID) -> CallSession? { state.withLock { $0.sessions[call] } }

    private var isFull: Bool {
        state.withLock { $0.sessions.count > maximumCount || $0.bytes > maximumBytes && $0.sessions.count > 1 }
    }

    /// Puts a session in the place of another one, or of none.
    ///
    /// - Returns: false if that is not there any more.
    func replace(_ old: CallSession?, with session: CallSession) -> Bool {
        let isPlaced = state.withLock { state in
            guard state.sessions[session.call] === old else { return false }
            state.set(session, of: session.call)
            return true
        }
        guard isPlaced else { return false }
        old?.forget()
        visit(session)
        // If there are too many; those that are being answered are not forgotten.
        for _ in 0..<8 where isFull {
            if let visit = visits.popFirst() { reconsider(visit) }
        }
        return true
    }

    /// Forgets all.
    func removeAll() {
        let all = state.withLock { state in
            defer { state = State() }
            return Array(state.sessions.values)
        }
        for session in all { session.forget() }
    }

    private func visit(_ session: CallSession) {
        visits.append(Visit(table: self, session: session, turn: session.turnNumber))
    }

    private func reconsider(_ visit: Visit) {
        guard let session = visit.session, self[session.call] === session else { return }
        guard session.turnNumber == visit.turn, session.forgetIfPossible() else { return self.visit(session) }
        state.withLock { state in
            if state.sessions[session.call] === session { state.set(nil, of: session.call) }
        }
        evicted()
    }
}
