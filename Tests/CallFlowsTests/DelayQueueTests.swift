import Synchronization
import Testing

@testable import CallFlows

/// What is called back after a time.
@Suite(.timeLimit(.minutes(10))) struct DelayQueueTests {
    private final class Events: Sendable {
        private let events = Mutex<[Int]>([])
        func add(_ event: Int) { events.withLock { $0.append(event) } }
        var all: [Int] { events.withLock { $0 } }
    }

    private let clock = ManualClock()
    private let events = Events()

    private var queue: DelayQueue<Int> {
        let events = events
        return DelayQueue(delay: .seconds(10), time: FlowTime(clock)) { events.add($0) }
    }

    /// Lets the queue's task come to its next wait.
    private func settle() async { for _ in 0..<200 { await Task.yield() } }

    @Test func `each element has its time, in the order in which they came`() async {
        let queue = queue
        queue.append(1)
        queue.append(2)
        await settle()
        clock.advance(by: .seconds(4))
        queue.append(3)
        await settle()
        clock.advance(by: .milliseconds(5999))
        await settle()
        #expect(events.all == [])
        clock.advance(by: .milliseconds(1))
        while events.all.count < 2 { await Task.yield() }
        await settle()
        #expect(events.all == [1, 2])
        clock.advance(by: .milliseconds(3999))
        await settle()
        #expect(events.all == [1, 2])
        clock.advance(by: .milliseconds(1))
        while events.all.count < 3 { await Task.yield() }
        #expect(events.all == [1, 2, 3])
    }

    @Test func `a queue that was empty for a while begins anew`() async {
        let queue = queue
        for number in 1...3 {
            queue.append(number)
            await settle()
            clock.advance(by: .seconds(10))
            while events.all.count < number { await Task.yield() }
            await settle()
            clock.advance(by: .seconds(100))
        }
        #expect(events.all == [1, 2, 3])
    }

    @Test func `what is taken out is not called back, the oldest first`() async {
        let queue = queue
        for number in 1...3 { queue.append(number) }
        #expect(queue.popFirst() == 1)
        await settle()
        clock.advance(by: .seconds(10))
        while events.all.count < 2 { await Task.yield() }
        #expect(events.all == [2, 3])
        #expect(queue.popFirst() == nil)
    }
}
