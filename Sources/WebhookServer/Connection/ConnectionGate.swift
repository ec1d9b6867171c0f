import DequeModule
import Synchronization

/// Counts connections, and turns some away when there are too many.
///
/// A connection that has not brought a request of the webhook yet gives way to a newer one, the oldest first: those that do
/// nothing but hold a place, or ask how the server is, keep nobody out, however many there are.
final class ConnectionGate: Sendable {
    /// What turns a connection away; it may be called on any thread.
    typealias Refusal = @Sendable () -> Void

    fileprivate struct State {
        var count = 0
        var nextPlace = 0
        /// Those that have not brought a request of the webhook, by their place.
        var silent: [Int: Refusal] = [:]
        /// Their places, the oldest first, and some that have left.
        var places = Deque<Int>()
    }

    let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Lets a connection in; ``Place/leave()`` gives its place back in any case.
    ///
    /// - Parameter refusal: turns it away, at once or later, if there are too many.
    func enter(_ refusal: @escaping Refusal) -> Place {
        let (place, refused) = state.withLock { state in
            state.count += 1
            state.nextPlace += 1
            let place = state.nextPlace
            state.silent[place] = refusal
            state.places.append(place)
            return (place, state.count > limit ? state.oldestSilent() : nil)
        }
        refused?()
        return Place(gate: self, number: place)
    }

    fileprivate func keep(_ place: Int) { state.withLock { $0.forget(place) } }

    fileprivate func leave(_ place: Int) {
        state.withLock { state in
            state.count -= 1
            state.forget(place)
        }
    }
}

extension ConnectionGate {
    /// The place of one connection.
    struct Place {
        fileprivate let gate: ConnectionGate
        fileprivate let number: Int
        /// Whether the connection has brought a request of the webhook, and gives way to no other.
        private(set) var isKept = false

        fileprivate init(gate: ConnectionGate, number: Int) {
            self.gate = gate
            self.number = number
        }

        /// The connection has brought a request of the webhook: it is not turned away any more.
        mutating func keep() {
            guard !isKept else { return }
            isKept = true
            gate.keep(number)
        }

        /// The connection is closed.
        func leave() { gate.leave(number) }
    }
}

extension ConnectionGate.State {
    /// Takes the oldest of those that have not brought a request.
    mutating func oldestSilent() -> ConnectionGate.Refusal? {
        while let place = places.popFirst() {
            if let refusal = silent.removeValue(forKey: place) { return refusal }
        }
        return nil
    }

    mutating func forget(_ place: Int) {
        silent[place] = nil
        if places.count > 2 * silent.count + 64 { places.removeAll { silent[$0] == nil } }
    }
}
