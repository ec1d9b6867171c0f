import DequeModule
import Synchronization

/// Counts connections, and has idle ones give way when there are too many.
///
/// A connection is idle before its first request of the webhook, and between one answer and the next request. Those that hold a
/// place and do nothing keep nobody out, however many there are. Some places are kept for those that bring none, so that
/// `/health` is answered whatever the load.
///
/// It also counts what connections hold of long requests and answers, so that no number of slow clients takes all memory.
final class ConnectionGate: Sendable {
    /// What has a connection give way; it may be called on any thread.
    typealias GiveWay = @Sendable () -> Void

    fileprivate struct State {
        var count = 0
        var busyCount = 0
        var nextTicket = 0
        /// The idle ones, by their tickets.
        var idle: [Int: GiveWay] = [:]
        /// Their tickets, the oldest first, and some of those that are idle no more.
        var tickets = Deque<Int>()
    }

    /// How many connections there may be.
    let limit: Int
    /// How many of them may have requests of the webhook answered at a time: not quite all, so that others can still ask how the
    /// server is.
    let busyLimit: Int
    private let byteLimit: Int
    private let heldBytes = Atomic(0)
    private let state = Mutex(State())

    /// What a connection may hold without being counted: the most of a request that has nothing unusual about it.
    static let uncountedBytes = 16 << 10

    /// - Parameters:
    ///   - limit: how many connections there may be.
    ///   - byteLimit: how many bytes they may hold that are counted.
    init(limit: Int, byteLimit: Int = .max) {
        self.limit = limit
        self.byteLimit = byteLimit
        busyLimit = limit - min(16, limit / 8)
    }

    /// Lets a connection in; ``Place/leave()`` gives its place back in any case.
    ///
    /// - Parameter giveWay: closes it when there are too many and it is the one that has been idle longest.
    func enter(_ giveWay: @escaping GiveWay) -> Place {
        let (ticket, other) = state.withLock { state in
            state.count += 1
            // Never the newest itself: it may be about to ask how the server is.
            let other = state.count > limit ? state.longestIdle() : nil
            return (state.addIdle(giveWay), other)
        }
        other?()
        return Place(gate: self, ticket: ticket, giveWay: giveWay)
    }

    fileprivate func begin(_ ticket: Int) -> Bool {
        state.withLock { state in
            guard state.busyCount < busyLimit else { return false }
            state.busyCount += 1
            state.removeIdle(ticket)
            return true
        }
    }

    fileprivate func rest(_ giveWay: @escaping GiveWay) -> Int {
        let (ticket, other) = state.withLock { state in
            state.busyCount -= 1
            let ticket = state.addIdle(giveWay)
            return (ticket, state.count > limit ? state.longestIdle() : nil)
        }
        other?()
        return ticket
    }

    fileprivate func leave(_ ticket: Int?) {
        state.withLock { state in
            state.count -= 1
            if let ticket { state.removeIdle(ticket) } else { state.busyCount -= 1 }
        }
    }
}

extension ConnectionGate {
    /// The place of one connection.
    struct Place {
        private let gate: ConnectionGate
        private let giveWay: GiveWay
        /// What it is known by among the idle; nil while it is busy.
        private var ticket: Int?
        /// How many bytes of a request and its answer it holds.
        private var bytes = 0

        fileprivate init(gate: ConnectionGate, ticket: Int, giveWay: @escaping GiveWay) {
            self.gate = gate
            self.ticket = ticket
            self.giveWay = giveWay
        }

        /// Whether a request of the webhook is being answered.
        var isBusy: Bool { ticket == nil }

        /// A request of the webhook has come.
        ///
        /// - Returns: false if as many as there may be are busy: then this one is not.
        mutating func begin() -> Bool {
            guard let ticket else { return true }
            guard gate.begin(ticket) else { return false }
            self.ticket = nil
            return true
        }

        /// It has been answered.
        mutating func rest() { if ticket == nil { ticket = gate.rest(giveWay) } }

        /// A part of a request has arrived, or of an answer waits for the client.
        ///
        /// - Returns: false if all connections hold more than they may: then this one has to let go of it.
        mutating func hold(_ count: Int) -> Bool {
            let before = counted
            bytes += count
            guard counted > before else { return true }
            return gate.heldBytes.add(counted - before, ordering: .relaxed).newValue <= gate.byteLimit
        }

        /// Nothing of the request and its answer is held any more.
        mutating func letGo() {
            if counted > 0 { gate.heldBytes.subtract(counted, ordering: .relaxed) }
            bytes = 0
        }

        private var counted: Int { max(0, bytes - ConnectionGate.uncountedBytes) }

        /// The connection is closed.
        mutating func leave() {
            letGo()
            gate.leave(ticket)
        }
    }
}

extension ConnectionGate.State {
    mutating func addIdle(_ giveWay: @escaping ConnectionGate.GiveWay) -> Int {
        nextTicket += 1
        idle[nextTicket] = giveWay
        tickets.append(nextTicket)
        return nextTicket
    }

    /// Takes the one that has been idle longest.
    mutating func longestIdle() -> ConnectionGate.GiveWay? {
        while let ticket = tickets.popFirst() {
            if let giveWay = idle.removeValue(forKey: ticket) { return giveWay }
        }
        return nil
    }

    mutating func removeIdle(_ ticket: Int) {
        idle[ticket] = nil
        if tickets.count > 2 * idle.count + 64 { tickets.removeAll { idle[$0] == nil } }
    }
}
