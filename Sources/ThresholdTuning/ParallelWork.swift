import Dispatch
import Synchronization

/// The results of work on elements, in the elements' order, whatever the number of threads.
///
/// - Parameters:
///   - elements: what to work on.
///   - jobs: how many threads.
///   - work: runs on several threads at once.
package func parallelResults<Element: Sendable, Result: Sendable>(
    _ elements: [Element], jobs: Int, work: @Sendable (Element) -> Result
) -> [Result] {
    guard elements.count > 1, jobs > 1 else { return elements.map(work) }
    let next = Atomic<Int>(0)
    let results = Mutex<[(Int, Result)]>([])
    DispatchQueue.concurrentPerform(iterations: min(jobs, elements.count)) { _ in
        var mine: [(Int, Result)] = []
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < elements.count else { break }
            mine.append((index, work(elements[index])))
        }
        results.withLock { $0 += mine }
    }
    return results.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1)
}
