import RealTimeProtocol
import Synchronization

/// The calls that are in memory: so many at most, and none that has been quiet for long.
final class SessionTable: Sendable {
    /// A session that is forgotten when its time has come, unless a turn has been taken since.
    private struct Visit: Sendable {
        let table: SessionTable
        let session: CallSession
        let turn: Int
    }

    private let sessions = Mutex<[CallID: CallSession]>([:])
    private let maximumCount: Int
    private let evicted: @Sendable () -> Void
    private let visits: DelayQueue<Visit>

    /// A table.
    ///
    /// - Parameter evicted: is called for each session that is forgotten.
    init(maximumCount: Int, quietTime: Duration, time: FlowTime, evicted: @escaping @Sendable () -> Void) {
        self.maximumCount = maximumCount
        self.evicted = evicted
        visits = DelayQueue(delay: quietTime, time: time) { $0.table.reconsider($0) }
    }

    var count: Int { sessions.withLock { $0.count } }

    subscript(_ call: CallID) -> CallSession? { sessions.withLock { $0[call] } }

    /// Puts a session in the place of another one, or of none.
    ///
    /// - Returns: false if that is not there any more.
    func replace(_ old: CallSession?, with session: CallSession) -> Bool {
        let count = sessions.withLock { sessions -> Int? in
            guard sessions[session.call] === old else { return nil }
            sessions[session.call] = session
            return sessions.count
        }
        guard let count else { return false }
        old?.abandon()
        visit(session)
        // One more than there may be; some may have to be passed over, because they are being answered.
        for _ in 0..<8 where count > maximumCount && self.count > maximumCount {
            if let visit = visits.popFirst() { reconsider(visit) }
        }
        return true
    }

    /// Forgets all.
    func removeAll() {
        let all = sessions.withLock { sessions in
            defer { sessions = [:] }
            return Array(sessions.values)
        }
        for session in all { session.abandon() }
    }

    private func visit(_ session: CallSession) {
        visits.append(Visit(table: self, session: session, turn: session.turnNumber))
    }

    private func reconsider(_ visit: Visit) {
        guard self[visit.session.call] === visit.session else { return }
        guard visit.session.turnNumber == visit.turn, visit.session.abandonIfQuiet() else {
            return self.visit(visit.session)
        }
        sessions.withLock { sessions in
            if sessions[visit.session.call] === visit.session { sessions[visit.session.call] = nil }
        }
        evicted()
    }
}
