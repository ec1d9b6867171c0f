import NIOCore
import Synchronization
import TestSupport
import Testing

@testable import CallSimulation

/// Connections of a PBX, and what becomes of those that are too many, too long, or not read.
@Suite(.waitingForTime, .timeLimit(.minutes(15))) struct AudioSocketServerTests {
    private static let identifier: [UInt8] = [1, 0, 16] + Array(1...16)
    private static let silence: [UInt8] = [0x10, 0x01, 0x40] + [UInt8](repeating: 0, count: 320)

    /// Takes calls while `body` places them.
    ///
    /// - Returns: the notes.
    private func serve(
        _ change: (inout AudioSocketServer) -> Void = { _ in },
        conducting handle: @escaping @Sendable (AudioSocketServer.Call) async -> Void,
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws -> [String] {
        let notes = Mutex<[String]>([])
        var server = AudioSocketServer(host: "127.0.0.1", port: 0)
        server.note = { _, text in notes.withLock { $0.append(text) } }
        change(&server)
        let (ports, port) = AsyncStream<Int>.makeStream()
        let listening = Task { [server] in try await server.run(onListening: { port.yield($0) }, handle) }
        let result: Result<Void, any Error>
        do { result = .success(try await body(try #require(await ports.first { _ in true }))) } catch {
            result = .failure(error)
        }
        listening.cancel()
        _ = await listening.result
        try result.get()
        return notes.withLock { $0 }
    }

    /// Exchanges frames until the caller has hung up.
    private static let conducting: @Sendable (AudioSocketServer.Call) async -> Void = { call in
        // A task that is cancelled waits for no frame, and would keep its thread from whoever ends the line.
        while !Task.isCancelled, await call.line.exchange([]) != nil {}
    }

    /// The kinds of the frames that come to the end.
    private static func kinds(_ bytes: [UInt8]) -> [UInt8] {
        var kinds: [UInt8] = []
        var rest = bytes[...]
        while rest.count >= 3 {
            kinds.append(rest.first!)
            rest = rest.dropFirst(3 + Int(rest[rest.startIndex + 1]) << 8 + Int(rest[rest.startIndex + 2]))
        }
        return kinds
    }

    @Test("a call too many at a time is hung up, with a note; when one is over there is room")
    func tooMany() async throws {
        let notes = try await serve({ $0.maximumCalls = 1 }, conducting: Self.conducting) { port in
            var first: RawConnection? = RawConnection(port: port)
            first!.write(Self.identifier)
            #expect(first!.readBytes(count: 323).first == 0x10)
            let second = RawConnection(port: port)
            second.write(Self.identifier)
            #expect(second.readBytes() == [0, 0, 0])
            first = nil
            // The end of the first has to arrive.
            var isTaken = false
            while !isTaken {
                let third = RawConnection(port: port)
                third.write(Self.identifier)
                isTaken = third.readBytes(count: 323).first == 0x10
            }
        }
        #expect(notes.first == "is hung up: no more than 1 calls at a time are taken", "\(notes)")
    }

    @Test("calls too many in a second are hung up, with a note")
    func tooFast() async throws {
        let notes = try await serve({ $0.maximumCallsPerSecond = 2 }, conducting: Self.conducting) { port in
            let connections = (0..<8).map { _ in RawConnection(port: port) }
            for connection in connections { connection.write(Self.identifier) }
            let firsts = connections.map { $0.readBytes(count: 3).first }
            #expect(firsts.filter { $0 == 0x10 }.count >= 2 && firsts.contains(0))
        }
        #expect(notes.contains("is hung up: no more than 2 calls may begin in a second"), "\(notes)")
    }

    @Test("after a pause so many may begin as in a second, and no more")
    func rate() {
        let gate = CallGate(limit: 100, perSecond: 4)
        let start = ContinuousClock.now
        func count(_ time: Duration) -> Int { (0..<10).count { _ in gate.enter(now: start + time) == nil } }
        #expect(count(.zero) == 4 && count(.milliseconds(100)) == 0 && count(.milliseconds(500)) == 2)
        // A clock of another processor may be behind.
        #expect(count(.milliseconds(400)) == 0 && count(.milliseconds(750)) == 1)
        #expect(count(.seconds(100)) == 4)
    }

    @Test("a call that lasts too long is hung up, with a note")
    func tooLong() async throws {
        let notes = try await serve({ $0.longestCall = .milliseconds(300) }, conducting: Self.conducting) { port in
            let connection = RawConnection(port: port)
            connection.write(Self.identifier)
            let kinds = Self.kinds(connection.readBytes())
            // 15 frames, fewer on a machine that is busy.
            #expect(kinds.last == 0 && kinds.count > 1)
        }
        #expect(notes == ["is hung up: no call may be longer than 0.3 s"])
    }

    @Test(
        "whoever is hung up may go on sending: a reset would take back what is on its way; after a second it is left",
        arguments: [1000, 0])
    func hangUp(maximumCalls: Int) async throws {
        _ = try await serve({ $0.maximumCalls = maximumCalls }, conducting: { _ in }) { port in
            let connection = RawConnection(port: port)
            connection.write(Self.identifier)
            #expect(connection.readBytes() == [0, 0, 0])
            // The first frame after a reset is the last that is taken.
            for _ in 0..<5 {
                #expect(connection.write(Self.silence))
                try await Task.sleep(for: .milliseconds(20))
            }
            while connection.write(Self.silence) { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    @Test("a PBX that reads nothing loses frames, which are counted, and its call ends nevertheless")
    func stalls() async throws {
        let unsent = Mutex(0)
        let isOver = Flag()
        _ = try await serve(conducting: { call in
            // Twenty minutes of audio.
            for _ in 0..<60_000 { call.line.hear([]) }
            unsent.withLock { $0 = call.line.figures.unsentCount }
            isOver.set()
        }) { port in
            let connection = RawConnection(port: port)
            connection.write(Self.identifier)
            while !isOver.isSet { try await Task.sleep(for: .milliseconds(20)) }
            // Closed after a second, whatever waits.
            _ = connection.readBytes()
        }
        #expect(unsent.withLock { $0 } > 50_000)
    }
}
