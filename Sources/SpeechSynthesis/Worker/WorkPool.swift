import DequeModule
import Dispatch
import Synchronization

/// Runs work that blocks its thread: so many at a time, the others in the order they came.
final class WorkPool: Sendable {
    private struct State {
        var running = 0
        /// What has not begun.
        var pending: Deque<@Sendable () -> Void> = []
    }

    private let size: Int
    private let state = Mutex(State())

    init(size: Int) { self.size = max(1, size) }

    /// Runs work as soon as there is room.
    func submit(_ work: @escaping @Sendable () -> Void) {
        let hasRoom = state.withLock { state in
            state.pending.append(work)
            guard state.running < size else { return false }
            state.running += 1
            return true
        }
        if hasRoom { DispatchQueue.global().async { self.drain() } }
    }

    private func drain() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            let work = state.pending.popFirst()
            if work == nil { state.running -= 1 }
            return work
        }
    }
}
