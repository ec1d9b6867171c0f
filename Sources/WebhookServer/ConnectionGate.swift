import Synchronization

/// Counts the connections there are.
final class ConnectionGate: Sendable {
    let limit: Int
    private let count = Atomic(0)

    init(limit: Int) { self.limit = limit }

    /// Whether one more is allowed; ``leave()`` gives it back in any case.
    func enter() -> Bool { count.add(1, ordering: .relaxed).newValue <= limit }

    func leave() { count.subtract(1, ordering: .relaxed) }
}
