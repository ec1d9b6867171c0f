import Synchronization

/// Lets calls in, of which there may be so many at a time, and so many that begin in a second.
final class CallGate: Sendable {
    private struct State {
        var count = 0
        /// How many calls may begin at once now, which grows with time.
        var room: Double
        var time: ContinuousClock.Instant?
    }

    private let limit: Int
    private let rate: Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - limit: how many calls at a time.
    ///   - rate: how many that begin in a second, 1 or more: after a pause all of them at once.
    init(limit: Int, perSecond rate: Int) {
        self.limit = limit
        self.rate = Double(rate)
        state = Mutex(State(room: Double(rate)))
    }

    /// - Returns: why there is no room; nil if there is: ``leave()`` gives it back.
    func enter(now: ContinuousClock.Instant = .now) -> String? {
        state.withLock { state in
            if let time = state.time, now > time {
                state.room = min(rate, state.room + rate * ((now - time) / .seconds(1)))
            }
            state.time = max(now, state.time ?? now)
            guard state.count < limit else { return "no more than \(limit) calls at a time are taken" }
            guard state.room >= 1 else { return "no more than \(Int(rate)) calls may begin in a second" }
            state.room -= 1
            state.count += 1
            return nil
        }
    }

    func leave() { state.withLock { $0.count -= 1 } }
}
