import Synchronization
import Testing

@testable import RealTimeAPI

/// How many lines of a log are let through.
@Suite struct RateLimitTests {
    @Test("a number of lines is let through in a time, and how many were not is reported once")
    func count() {
        let reported = Mutex<[Int]>([])
        let limit = RateLimit(count: 2, per: .seconds(3600)) { count in reported.withLock { $0.append(count) } }
        #expect((0..<5).map { _ in limit.enter() } == [true, true, false, false, false])
        limit.finish()
        limit.finish()
        #expect(reported.withLock { $0 } == [3])
        #expect(!limit.enter())
    }

    @Test("when the time is over, others are let through, and the number is reported by itself")
    func time() async {
        let reported = Mutex<[Int]>([])
        let limit = RateLimit(count: 1, per: .milliseconds(1)) { count in reported.withLock { $0.append(count) } }
        // Sooner or later two come within a millisecond.
        while limit.enter() {}
        while reported.withLock({ $0.isEmpty }) { await Task.yield() }
        while !limit.enter() {}
        #expect(reported.withLock { $0.first ?? 0 } > 0)
    }
}
