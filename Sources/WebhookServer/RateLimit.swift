import Synchronization

/// Lets a number of events through in a time, and counts the others.
final class RateLimit: Sendable {
    private struct State {
        var end: ContinuousClock.Instant?
        var count = 0
        var passedOver = 0
    }

    private let count: Int
    private let time: Duration
    private let state = Mutex(State())

    init(count: Int, per time: Duration) {
        self.count = count
        self.time = time
    }

    /// An event has come.
    ///
    /// - Returns: how many were passed over since the last one that was let through; nil if this one is passed over.
    func enter(now: ContinuousClock.Instant = .now) -> Int? {
        state.withLock { state in
            if state.end.map({ now >= $0 }) ?? true {
                state.end = now + time
                state.count = 0
            }
            guard state.count < count else {
                state.passedOver += 1
                return nil
            }
            state.count += 1
            defer { state.passedOver = 0 }
            return state.passedOver
        }
    }
}
