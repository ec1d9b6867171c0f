import Dispatch
import Files
import Synchronization

/// Works on elements that come one after another on several threads, and hands the results on in the elements' order, each as soon
/// as those before it are there.
///
/// Of elements and results there are never more than a few for each thread, however many come.
///
/// - Parameters:
///   - jobs: how many are worked on at a time, at the most; 1 or more.
///   - next: the next element, nil at the end; runs on one thread at a time, and may wait.
///   - work: runs on several threads at once.
///   - deliver: is given results; runs on one thread at a time, in order.
package func parallelMap<Element: Sendable, Result: Sendable>(
    jobs: Int, next: () -> Element?, work: @Sendable (Element) -> Result, deliver: (Result) -> Void
) {
    guard jobs > 1 else {
        while let element = next() { deliver(work(element)) }
        return
    }
    // So many may be taken and not delivered.
    let places = DispatchSemaphore(value: 4 * jobs)
    withoutActuallyEscaping(next) { next in
        withoutActuallyEscaping(deliver) { deliver in
            nonisolated(unsafe) let next = next  // each is called under its lock alone
            nonisolated(unsafe) let deliver = deliver
            let taken = Mutex<(count: Int, isAtEnd: Bool)>((0, false))
            let results = Mutex<(next: Int, finished: [Int: Result])>((0, [:]))
            OwnThreads.run(jobs) {
                while true {
                    places.wait()
                    let item = taken.withLock { taken -> (Int, Element)? in
                        guard !taken.isAtEnd, let element = next() else {
                            taken.isAtEnd = true
                            return nil
                        }
                        taken.count += 1
                        return (taken.count - 1, element)
                    }
                    guard let (index, element) = item else {
                        places.signal()
                        return
                    }
                    let result = work(element)
                    results.withLock { results in
                        results.finished[index] = result
                        while let due = results.finished.removeValue(forKey: results.next) {
                            deliver(due)
                            results.next += 1
                            places.signal()
                        }
                    }
                }
            }
        }
    }
}
