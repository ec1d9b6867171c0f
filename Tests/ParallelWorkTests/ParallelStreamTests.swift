import ParallelWork
import Synchronization
import Testing

/// Work on elements that come one after another.
@Suite struct ParallelStreamTests {
    @Test("results come in the order of the elements, each once, whatever the number of threads", arguments: [1, 2, 5])
    func order(jobs: Int) {
        var count = 0
        var results: [Int] = []
        parallelMap(jobs: jobs) { () -> Int? in
            count += 1
            return count <= 1000 ? count : nil
        } work: {
            $0 * $0
        } deliver: {
            results.append($0)
        }
        #expect(results == (1...1000).map { $0 * $0 })
    }

    @Test("of elements that are taken and not delivered there are never more than a few")
    func bound() {
        var taken = 0
        var delivered = 0
        var most = 0
        let isHeld = Mutex(true)
        parallelMap(jobs: 2) { () -> Int? in
            taken += 1
            if taken == 8 { isHeld.withLock { $0 = false } }
            return taken <= 100 ? taken : nil
        } work: { element in
            // The first is done only when no more are taken without it.
            if element == 1 { while isHeld.withLock({ $0 }) {} }
            return element
        } deliver: { _ in
            delivered += 1
            most = max(most, taken - delivered)
        }
        #expect(delivered == 100 && most <= 9)
    }

    @Test("nothing comes of nothing")
    func nothing() {
        parallelMap(jobs: 3) { () -> Int? in
            nil
        } work: {
            $0
        } deliver: { _ in
            Issue.record("a result")
        }
    }
}
