import DequeModule
import Synchronization

/// Calls back for each element when it has been in the queue for a time that is the same for all.
///
/// One task sleeps for all of them, and only while there are some.
final class DelayQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements = Deque<(due: Duration, element: Element)>()
        var isRunning = false
    }

    private let delay: Duration
    private let time: FlowTime
    private let action: @Sendable (Element) -> Void
    private let state = Mutex(State())

    init(delay: Duration, time: FlowTime, action: @escaping @Sendable (Element) -> Void) {
        self.delay = delay
        self.time = time
        self.action = action
    }

    /// Adds an element.
    func append(_ element: Element) {
        let due = time.now() + delay
        let mustRun = state.withLock { state in
            state.elements.append((due, element))
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustRun { Task { await run() } }
    }

    /// Takes the element that has been there for the longest time.
    func popFirst() -> Element? { state.withLock { $0.elements.popFirst()?.element } }

    private func run() async {
        while let due = next() {
            await time.sleep(until: due)
            while let element = popDue() { action(element) }
        }
    }

    private func next() -> Duration? {
        state.withLock { state in
            if state.elements.isEmpty { state.isRunning = false }
            return state.elements.first?.due
        }
    }

    private func popDue() -> Element? {
        let now = time.now()
        return state.withLock { state in
            guard let first = state.elements.first, first.due <= now else { return nil }
            return state.elements.popFirst()?.element
        }
    }
}

/// The time since some moment, and a way to wait for it.
struct FlowTime: Sendable {
    let now: @Sendable () -> Duration
    private let sleep: @Sendable (Duration) async -> Void

    init<C: Clock>(_ clock: C) where C.Duration == Duration {
        let start = clock.now
        now = { start.duration(to: clock.now) }
        sleep = { due in try? await clock.sleep(until: start.advanced(by: due), tolerance: nil) }
    }

    func sleep(until due: Duration) async { await sleep(due) }
}
