import Synchronization

/// Counts the look-ups that are under way.
final class LookupCount: Sendable {
    private let count = Atomic<Int>(0)

    /// A look-up begins.
    ///
    /// - Returns: false if as many as there may be are under way: then it does not.
    func begin() -> Bool {
        let mayBegin = count.add(1, ordering: .relaxed).newValue <= LookupClient.maximumCount
        if !mayBegin { end() }
        return mayBegin
    }

    /// A look-up is over.
    func end() { count.subtract(1, ordering: .relaxed) }
}
