internal import Dispatch
internal import Synchronization

/// Runs work that blocks its thread: so many at a time, the others in the order they came.
final class WorkPool: Sendable {
    private struct State {
        var running = 0
        var pending: [@Sendable () -> Void] = []
        /// The first of `pending` that has not begun.
        var next = 0
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
            guard state.next < state.pending.count else {
                state.pending.removeAll(keepingCapacity: true)
                state.next = 0
                state.running -= 1
                return nil
            }
            defer { state.next += 1 }
            return state.pending[state.next]
        }
    }
}
