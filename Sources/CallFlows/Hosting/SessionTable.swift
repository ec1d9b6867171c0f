import RealTimeAPI
import Synchronization

/// The calls that are in memory: up to a number of them and of bytes that they keep, and none that has been idle for long.
final class SessionTable: Sendable {
    /// A session that is forgotten when its time has come, unless a turn has been taken since.
    private struct Visit: Sendable {
        let table: SessionTable
        /// Nil when the session has been replaced.
        weak var session: CallSession?
        let turn: Int
    }

    private struct State {
        /// The sessions, and how many bytes each is counted for.
        var sessions: [CallID: (session: CallSession, bytes: Int)] = [:]
        /// How many bytes they keep, all together.
        var bytes = 0

        mutating func set(_ session: CallSession?, of call: CallID, bytes count: Int = 0) {
            bytes += count - (sessions[call]?.bytes ?? 0)
            sessions[call] = session.map { ($0, count) }
        }
    }

    private let state = Mutex(State())
    private let maximumCount: Int
    private let maximumBytes: Int
    private let evicted: @Sendable () -> Void
    private let visits: DelayQueue<Visit>

    /// After so many that can't be forgotten no others are tried, so that a request does not take long.
    private static let maximumMisses = 256

    /// A table.
    ///
    /// - Parameters:
    ///   - maximumBytes: of what the calls keep.
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

    subscript(_ call: CallID) -> CallSession? { state.withLock { $0.sessions[call]?.session } }

    private func isFull(_ state: State) -> Bool {
        state.sessions.count > maximumCount || state.bytes > maximumBytes && state.sessions.count > 1
    }

    /// Puts a session in the place of another one, or of none.
    ///
    /// - Returns: false if that is not there any more.
    func replace(_ old: CallSession?, with session: CallSession) -> Bool {
        let bytes = session.byteCount
        let isPlaced = state.withLock { state in
            guard state.sessions[session.call]?.session === old else { return false }
            state.set(session, of: session.call, bytes: bytes)
            return true
        }
        guard isPlaced else { return false }
        old?.forget()
        visit(session)
        makeRoom()
        return true
    }

    /// Counts again what a session keeps, which has taken a request.
    func recount(_ session: CallSession) {
        let mustMakeRoom = state.withLock { state in
            guard state.sessions[session.call]?.session === session else { return false }
            // Counted here, so that of two requests of a call the later count is what stays.
            state.set(session, of: session.call, bytes: session.byteCount)
            return isFull(state)
        }
        if mustMakeRoom { makeRoom() }
    }

    /// Forgets those that have been there longest while there are too many; not those that are being answered.
    private func makeRoom() {
        var misses = 0
        while state.withLock({ isFull($0) }), misses < Self.maximumMisses, let visit = visits.popFirst() {
            if !reconsider(visit) { misses += 1 }
        }
    }

    /// Forgets all.
    func removeAll() {
        let all = state.withLock { state in
            defer { state = State() }
            return state.sessions.values.map(\.session)
        }
        for session in all { session.forget() }
    }

    private func visit(_ session: CallSession) {
        visits.append(Visit(table: self, session: session, turn: session.turnNumber))
    }

    /// Forgets a session whose time has come.
    ///
    /// - Returns: false if it stays.
    @discardableResult
    private func reconsider(_ visit: Visit) -> Bool {
        guard let session = visit.session, self[session.call] === session else { return true }
        guard session.turnNumber == visit.turn, session.forgetIfPossible() else {
            self.visit(session)
            return false
        }
        state.withLock { state in
            if state.sessions[session.call]?.session === session { state.set(nil, of: session.call) }
        }
        evicted()
        return true
    }
}
