import Synchronization

/// Lets a number of log lines through in a time, and reports afterwards how many more there would have been.
///
/// Whoever may send requests can't fill a disk with lines about them.
package final class RateLimit: Sendable {
    private struct State {
        var end: Duration?
        var count = 0
        var passedOver = 0
        /// Reports at the end of the time; nil while there is nothing to report.
        var reporting: Task<Void, Never>?
    }

    private let count: Int
    private let time: Duration
    private let now: @Sendable () -> Duration
    private let sleep: @Sendable (_ end: Duration) async -> Void
    private let report: @Sendable (Int) -> Void
    private let state = Mutex(State())

    /// A limit.
    ///
    /// - Parameters:
    ///   - count: how many lines are let through in each time.
    ///   - report: is given the number of those that were not, when the time is over or the limit is finished.
    package init<C: Clock>(
        count: Int, per time: Duration, clock: C = ContinuousClock(), report: @escaping @Sendable (Int) -> Void
    ) where C.Duration == Duration {
        self.count = count
        self.time = time
        self.report = report
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { try? await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
    }

    /// A line is about to be written.
    ///
    /// - Returns: whether it may be.
    package func enter() -> Bool {
        let now = now()
        return state.withLock { state in
            let end: Duration
            if let present = state.end, now < present {
                end = present
            } else {
                end = now + time
                state.end = end
                state.count = 0
            }
            guard state.count < count else {
                state.passedOver += 1
                if state.reporting == nil { state.reporting = reporting(at: end) }
                return false
            }
            state.count += 1
            return true
        }
    }

    private func reporting(at end: Duration) -> Task<Void, Never> {
        Task { [weak self, sleep] in
            await sleep(end)
            if !Task.isCancelled { self?.finish() }
        }
    }

    /// Reports at once what is to be reported.
    package func finish() {
        let passedOver = state.withLock { state in
            state.reporting?.cancel()
            state.reporting = nil
            defer { state.passedOver = 0 }
            return state.passedOver
        }
        if passedOver > 0 { report(passedOver) }
    }
}
