import Files
import Synchronization

/// Works on elements on several threads, and hands the results on in the elements' order, each as soon as those before it are
/// there.
///
/// For work that keeps a processor busy, or blocks: it does not use the threads of Swift's tasks. Where there is no memory for as
/// many threads, fewer do it.
///
/// - Parameters:
///   - elements: what to work on.
///   - jobs: how many are worked on at a time, at the most; asked for only if there are several.
///   - work: runs on several threads at once.
///   - deliver: is given an element's index and result; runs on one thread at a time, in order.
package func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: @autoclosure () -> Int, work: @Sendable (Element) -> Result,
    deliver: (Int, Result) -> Void
) {
    let jobs = elements.count > 1 ? jobs() : 1
    guard jobs > 1 else {
        for (index, element) in elements.enumerated() { deliver(index, work(element)) }
        return
    }
    withoutActuallyEscaping(deliver) { deliver in
        let state = Mutex(ParallelState<Result>())
        nonisolated(unsafe) let deliver = deliver  // called under the lock alone
        OwnThreads.run(min(jobs, elements.count)) {
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

/// Works on elements on several threads.
///
/// - Parameters:
///   - elements: what to work on.
///   - jobs: how many are worked on at a time.
///   - work: runs on several threads at once.
/// - Returns: the results in the elements' order, whatever the number of threads.
package func parallelMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: Int, work: @Sendable (Element) -> Result
) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    parallelMap(elements, jobs: jobs, work: work) { results.append($1) }
    return results
}

private struct ParallelState<Result: Sendable>: Sendable {
    var nextToStart = 0
    var nextToDeliver = 0
    /// Results that wait for those before them.
    var finished: [Int: Result] = [:]
}
