import Dispatch
import Synchronization

/// Works on elements on all cores, and hands the results on in the elements' order, each as soon as those before it are
/// there.
///
/// - Parameters:
///   - elements: what to work on.
///   - jobs: how many at a time.
///   - work: runs on several threads at once.
///   - deliver: runs on one thread at a time, in order.
func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: Int, work: @Sendable (Element) -> Result, deliver: (Int, Result) -> Void
) {
    guard elements.count > 1, jobs > 1 else {
        for (index, element) in elements.enumerated() { deliver(index, work(element)) }
        return
    }
    withoutActuallyEscaping(deliver) { deliver in
        let state = Mutex(ParallelState<Result>())
        nonisolated(unsafe) let deliver = deliver  // called under the lock alone
        DispatchQueue.concurrentPerform(iterations: min(jobs, elements.count)) { _ in
            while true {
                let index = state.withLock { state in
                    defer { state.nextToStart += 1 }
                    return state.nextToStart
                }
                guard index < elements.count else { return }
                let result = work(elements[index])
                state.withLock { state in
                    state.finished[index] = result
                    while let next = state.finished.removeValue(forKey: state.nextToDeliver) {
                        deliver(state.nextToDeliver, next)
                        state.nextToDeliver += 1
                    }
                }
            }
        }
    }
}

private struct ParallelState<Result: Sendable>: Sendable {
    var nextToStart = 0
    var nextToDeliver = 0
    var finished: [Int: Result] = [:]
}
