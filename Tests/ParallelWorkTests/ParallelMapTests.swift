import ParallelWork
import Synchronization
import Testing

/// Work on the elements of an array on several threads.
@Suite struct ParallelMapTests {
    @Test(arguments: [0, 1, 2, 7, 1000])
    func `results are in the elements' order, however many threads there are`(jobs: Int) {
        for count in [0, 1, 2, 500] {
            let elements = Array(0..<count)
            #expect(parallelMap(elements, jobs: jobs) { $0 * 3 } == elements.map { $0 * 3 })
        }
    }

    @Test func `each result is delivered once, in order, and none while another is`() {
        let isDelivering = Mutex(false)
        var delivered: [Int] = []
        // The first elements take longest, so that the others have to wait for them.
        parallelMap(Array(0..<40), jobs: 8) { element in
            var sum = 0
            for step in 0..<(40 - element) * 5000 { sum &+= step ^ sum }
            return (element, sum)
        } deliver: { index, result in
            #expect(isDelivering.withLock { $0 } == false)
            isDelivering.withLock { $0 = true }
            #expect(index == result.0)
            delivered.append(index)
            isDelivering.withLock { $0 = false }
        }
        #expect(delivered == Array(0..<40))
    }

    @Test(arguments: [1, 2, 3])
    func `no more are worked on at a time than there are jobs`(jobs: Int) {
        let running = Mutex((now: 0, most: 0))
        _ = parallelMap(Array(0..<200), jobs: jobs) { _ in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            for _ in 0..<100 { running.withLock { _ in } }
            running.withLock { $0.now -= 1 }
        }
        #expect(running.withLock { $0.most } <= jobs)
    }
}
