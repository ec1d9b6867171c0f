import Synchronization
import Testing

@testable import WebhookServer

/// Which connection gives way to which.
@Suite struct ConnectionGateTests {
    /// Connections of a gate, which tell who gives way.
    private final class Line {
        private final class Gone: Sendable {
            let numbers = Mutex([Int]())
        }

        let gate: ConnectionGate
        private let gone = Gone()
        var places: [ConnectionGate.Place] = []

        /// Who gave way, in this order.
        var left: [Int] { gone.numbers.withLock { $0 } }

        init(limit: Int, byteLimit: Int = .max) { gate = ConnectionGate(limit: limit, byteLimit: byteLimit) }

        func enter() {
            let (gone, number) = (gone, places.count)
            places.append(gate.enter { gone.numbers.withLock { $0.append(number) } })
        }

        /// Whether a connection may hold so many bytes more.
        func hold(_ number: Int, _ bytes: Int) -> Bool { places[number].hold(bytes) }

        /// Whether a connection may have a request answered.
        func begin(_ number: Int) -> Bool { places[number].begin() }
    }

    @Test func `the one that has been idle longest gives way to a newer one`() {
        let line = Line(limit: 3)
        for _ in 0..<3 { line.enter() }
        #expect(line.left == [])
        // The first has been answered last.
        #expect(line.begin(0))
        line.places[0].rest()
        line.enter()
        #expect(line.left == [1])
        line.places[1].leave()
        line.enter()
        #expect(line.left == [1, 2])
    }

    @Test func `connections hold what is over 16 KiB of each only up to a limit, until they let go of it`() {
        let line = Line(limit: 9, byteLimit: 100_000)
        for number in 0..<9 {
            line.enter()
            // What is usual is never too much.
            #expect(line.hold(number, 16_000))
            #expect(line.hold(number, 384))
        }
        #expect(line.hold(0, 60_000))
        #expect(line.hold(1, 40_000))
        #expect(!line.hold(2, 1))
        #expect(!line.hold(1, 1))
        line.places[2].letGo()
        line.places[1].letGo()
        #expect(line.hold(2, 16_384 + 40_000))
        #expect(!line.hold(2, 1))
        line.places[0].leave()
        line.places[2].letGo()
        line.places[2].leave()
        #expect(line.hold(3, 100_000))
        #expect(!line.hold(4, 1))
    }

    @Test func `one that is busy gives way to nobody, and the newest is let in`() {
        let line = Line(limit: 2)
        for place in 0..<2 {
            line.enter()
            #expect(line.begin(place) && line.places[place].isBusy)
        }
        line.enter()
        #expect(line.left == [])
        #expect(!line.begin(2) && !line.places[2].isBusy)
        line.enter()
        #expect(line.left == [2])
        line.places[2].leave()
        // Where one is answered, it is the oldest that is idle which goes.
        line.places[0].rest()
        #expect(line.left == [2, 3])
        line.places[3].leave()
        #expect(line.begin(0))
        line.places[0].leave()
        line.places[1].leave()
        line.enter()
        line.enter()
        #expect(line.begin(4) && line.begin(5))
        #expect(line.left == [2, 3])
    }

    @Test func `some places are left for those that bring no request of the webhook`() {
        #expect([1, 7, 8, 64, 4096].map { ConnectionGate(limit: $0).busyLimit } == [1, 7, 7, 56, 4080])
    }

    @Test func `one that asks again and again is found after thousands of requests`() {
        let line = Line(limit: 2)
        line.enter()
        line.enter()
        for _ in 0..<10_000 {
            #expect(line.begin(0))
            line.places[0].rest()
        }
        line.enter()
        #expect(line.left == [1])
    }
}
