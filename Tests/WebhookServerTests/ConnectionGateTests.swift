import Synchronization
import Testing

@testable import WebhookServer

/// Which connection gives way to which.
@Suite struct ConnectionGateTests {
    /// Connections of a gate, which tell who gives way.
    private final class Line {
        let gate: ConnectionGate
        let gone = Mutex([Int]())
        var places: [ConnectionGate.Place] = []

        init(limit: Int) { gate = ConnectionGate(limit: limit) }

        func enter() {
            let number = places.count
            places.append(gate.enter { [self] in gone.withLock { $0.append(number) } })
        }
    }

    @Test func `the one that has been idle longest gives way to a newer one`() {
        let line = Line(limit: 3)
        for _ in 0..<3 { line.enter() }
        #expect(line.gone.withLock { $0 } == [])
        // The first has been answered last.
        #expect(line.places[0].begin())
        line.places[0].rest()
        line.enter()
        #expect(line.gone.withLock { $0 } == [1])
        line.places[1].leave()
        line.enter()
        #expect(line.gone.withLock { $0 } == [1, 2])
    }

    @Test func `one that is busy gives way to nobody, and the newest is let in`() {
        let line = Line(limit: 2)
        for place in 0..<2 {
            line.enter()
            #expect(line.places[place].begin() && line.places[place].isBusy)
        }
        line.enter()
        #expect(line.gone.withLock { $0 } == [])
        #expect(!line.places[2].begin() && !line.places[2].isBusy)
        line.enter()
        #expect(line.gone.withLock { $0 } == [2])
        line.places[2].leave()
        // Where one is answered, it is the oldest that is idle which goes.
        line.places[0].rest()
        #expect(line.gone.withLock { $0 } == [2, 3])
        line.places[3].leave()
        #expect(line.places[0].begin())
        line.places[0].leave()
        line.places[1].leave()
        line.enter()
        line.enter()
        #expect(line.places[4].begin() && line.places[5].begin())
        #expect(line.gone.withLock { $0 } == [2, 3])
    }

    @Test func `some places are left for those that bring no request of the webhook`() {
        #expect([1, 7, 8, 64, 4096].map { ConnectionGate(limit: $0).busyLimit } == [1, 7, 7, 56, 4080])
    }

    @Test func `one that asks again and again is found after thousands of requests`() {
        let line = Line(limit: 2)
        line.enter()
        line.enter()
        for _ in 0..<10_000 {
            #expect(line.places[0].begin())
            line.places[0].rest()
        }
        line.enter()
        #expect(line.gone.withLock { $0 } == [1])
    }
}

/// How many events are let through.
@Suite struct RateLimitTests {
    @Test func `a number of events is let through in a time, and the next one after it knows how many were not`() {
        let limit = RateLimit(count: 2, per: .seconds(10))
        let start = ContinuousClock.now
        let times: [(milliseconds: Int, passedOver: Int?)] = [
            (0, 0), (1, 0), (2, nil), (9_999, nil), (10_000, 2), (10_001, 0), (10_002, nil), (100_000, 1),
        ]
        for time in times {
            #expect(limit.enter(now: start + .milliseconds(time.milliseconds)) == time.passedOver, "\(time)")
        }
    }
}
