import Synchronization

/// A clock that stands still until it is moved.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset = Duration.zero
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private struct State {
        var now = Instant()
        var sleepers: [(until: Instant, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.now < deadline { state.sleepers.append((deadline, continuation)) }
                return state.now >= deadline
            }
            if isOver { continuation.resume() }
        }
    }

    /// Moves the clock, and wakes those whose time has come.
    func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let now = state.now
            defer { state.sleepers.removeAll { $0.until <= now } }
            return state.sleepers.filter { $0.until <= now }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}

extension ManualClock {
    /// Moves the clock until something has happened.
    func advance<Value: Sendable>(until body: @escaping @Sendable () async -> Value) async -> Value {
        let isOver = Mutex(false)
        async let value = {
            defer { isOver.withLock { $0 = true } }
            return await body()
        }()
        while !isOver.withLock({ $0 }) {
            advance(by: .milliseconds(100))
            await Task.yield()
        }
        return await value
    }
}
