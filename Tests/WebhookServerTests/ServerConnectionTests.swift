import Foundation
import RealTimeAPI
import Synchronization
import TestSupport
import Testing
import WebhookServer

/// What becomes of connections, over real sockets; what times there are is in ``ConnectionHandlerTests``, on a virtual clock.
@Suite(.waiting, .timeLimit(.minutes(10))) struct ServerConnectionTests {
    /// The number of answers in what a server has written.
    private func count(_ text: String) -> Int { text.matches(of: /HTTP\/1\.1 200 OK/).count }

    @Test func `a connection takes one request after the other, also if they come at once`() async throws {
        try await RunningServer.serve(handler: { Response(.wait(Wait()), commandID: $0.commandID) }) { server in
            let requests = (1...3).map { number in
                HTTPText.post(
                    #"{"callid":1,"call_status":"UP","command_id":\#(number)}"#,
                    fields: number == 3 ? ["Connection: close"] : [])
            }
            let text = server.connection(requests.joined()).readToEnd()
            #expect(text.matches(of: /"command_id":(\d)/).map(\.1) == ["1", "2", "3"] && count(text) == 3)
        }
    }

    @Test func `a connection that is idle is closed`() async throws {
        try await RunningServer.serve({ $0.idleTimeout = .milliseconds(200) }) { server in
            // Without "Connection: close": only silence ends it.
            let answer = server.answer(to: HTTPText.get("/health"))
            #expect(answer.status == 200 && !answer.head.contains("close") && answer.body == #"{"status":"ok"}"#)
        }
    }

    @Test func `a server that ends answers what is in flight, and takes no more`() async throws {
        let (arrived, arrival) = AsyncStream<Void>.makeStream()
        let (ends, end) = AsyncStream<Void>.makeStream()
        let handler: WebhookServer.Handler = { _ in
            arrival.yield()
            for await _ in ends { break }
            return Response(.wait(Wait()), commandID: 1)
        }
        try await RunningServer.serve(handler: handler) { server in
            let idle = server.connection()
            // Keeps its connection alive, were it not for the end.
            let busy = server.connection(HTTPText.post())
            _ = await arrived.first { _ in true }
            await server.end()
            #expect(idle.readAnswer().status == 0)
            end.yield()
            #expect(busy.readAnswer().status == 200)
        }
    }

    @Test func `a server whose task is cancelled, shut down or not, ends as one that is shut down`() async throws {
        for isShutDown in [false, true, false, true] {
            try await RunningServer.serve { server in
                #expect(server.post().status == 200)
                let idle = server.connection()
                if isShutDown { await server.end() }
                server.cancel()
                #expect(idle.readAnswer().status == 0)
            }
        }
    }

    @Test func `an answer on its way to a slow client arrives before the server ends`() async throws {
        let audio = String(repeating: "A", count: 32 << 20)  // more than the sockets take
        let handler: WebhookServer.Handler = { _ in Response(.playWAVData(PlayWAVData(base64: audio)), commandID: 1) }
        try await RunningServer.serve(handler: handler) { server in
            let connection = server.connection(HTTPText.post())
            #expect(connection.read(count: 12) == "HTTP/1.1 200")
            await server.end()
            #expect(connection.readToEnd().utf8.count > audio.utf8.count)
        }
    }

    @Test(arguments: [
        "", "POST / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    ])
    func `a request that does not arrive is refused, and others do not notice`(_ start: String) async throws {
        try await RunningServer.serve({ $0.requestTimeout = .seconds(2) }) { server in
            let slow = server.connection(start)
            #expect(server.post().status == 200)
            #expect(slow.readAnswer().status == 408)
        }
    }

    @Test func `idle connections give way to a new one, that which has been idle longest first`() async throws {
        try await RunningServer.serve({ $0.maximumConnections = 3 }) { server in
            let connections = (0..<3).map { _ in server.connection() }
            // Each has brought a request, and is kept alive.
            for connection in connections {
                connection.write(HTTPText.post())
                #expect(connection.read(count: 12) == "HTTP/1.1 200")
            }
            #expect(server.isHealthy)
            // The oldest is closed, and no answer comes that nobody has asked for.
            #expect(connections[0].readToEnd().hasSuffix(#""params":{"wait":1}}"#))
            connections[2].write(HTTPText.post(fields: ["Connection: close"]))
            #expect(count(connections[2].readToEnd()) == 1)
        }
    }

    @Test
    func `a request that comes when all connections are busy is refused, and how the server is can still be asked`()
        async throws
    {
        let (permits, permit) = AsyncStream<Void>.makeStream()
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let handler: WebhookServer.Handler = { _ in
            arrival.yield()
            for await _ in permits { break }
            return Response(.wait(Wait()), commandID: 1)
        }
        try await RunningServer.serve({ $0.maximumConnections = 1 }, handler: handler) { server in
            let busy = server.connection(HTTPText.post(fields: ["Connection: close"]))
            for await _ in arrivals { break }
            #expect(server.post().status == 503)
            #expect(server.isHealthy)
            permit.yield()
            #expect(busy.readAnswer().status == 200)
        }
    }

    @Test func `thousands of requests behind one that takes time are answered one after the other`() async throws {
        let (permits, permit) = AsyncStream<Void>.makeStream()
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let handler: WebhookServer.Handler = { request in
            if request.command == "slow" {
                arrival.yield()
                for await _ in permits { break }
            }
            return Response(.wait(Wait()), commandID: 1)
        }
        try await RunningServer.serve(handler: handler) { server in
            func post(_ command: String, filler: Int = 0) -> String {
                HTTPText.post(
                    #"{"callid":1,"call_status":"UP","command":"\#(command)","cdr_field":"\#(String(repeating: "x", count: filler))"}"#
                )
            }
            // Long ones first, so that the server reads much at a time.
            let long = String(repeating: post("long", filler: 200_000), count: 3)
            let count = 20_000
            let quick = String(repeating: HTTPText.get("/health"), count: count - 1)
            let last = HTTPText.get("/health", fields: ["Connection: close"])
            let connection = server.connection()
            async let answers = connection.readToEnd()
            async let written: Void = connection.write(long + post("slow") + quick + last)
            for await _ in arrivals { break }
            permit.yield()
            await written
            #expect(await answers.components(separatedBy: #"{"status":"ok"}"#).count == count + 1)
        }
    }

    /// What the buffers of a connection on this machine hold at the most.
    private var socketBuffers: Int {
        get throws {
            try ["tcp_rmem", "tcp_wmem"].reduce(0) { sum, name in
                let text = try String(contentsOfFile: "/proc/sys/net/ipv4/\(name)", encoding: .utf8)
                return sum + (try #require(text.split(whereSeparator: \.isWhitespace).last.flatMap { Int($0) }))
            }
        }
    }

    @Test(arguments: [false, true])
    func `a client that does not take its answers is given no more of them`(closesItsSide: Bool) async throws {
        let size = 400_000
        let audio = String(repeating: "A", count: size)
        // Besides what the sockets' buffers hold: the answer that is made, what of one is in the server's own, and in the client's hands.
        let most = try socketBuffers / size + 3
        let total = 4 * most
        let taken = Atomic(0)
        let answers = Atomic(0)
        let longest = Atomic(0)
        let handler: WebhookServer.Handler = { _ in
            // What the client says to have taken it may have taken long ago, never the other way round.
            let ahead = answers.add(1, ordering: .relaxed).newValue - taken.load(ordering: .relaxed) / size
            longest.max(ahead, ordering: .relaxed)
            return Response(.playWAVData(PlayWAVData(base64: audio)))
        }
        try await RunningServer.serve(handler: handler) { server in
            let last = HTTPText.post(fields: closesItsSide ? [] : ["Connection: close"])
            let connection = server.connection(String(repeating: HTTPText.post(), count: total - 1) + last)
            if closesItsSide { connection.closeOutput() }
            while true {
                let count = connection.read(count: 65_536).utf8.count
                guard count > 0 else { break }
                taken.add(count, ordering: .relaxed)
            }
            #expect(answers.load(ordering: .relaxed) == total)
            #expect(taken.load(ordering: .relaxed) > total * size)
            #expect(longest.load(ordering: .relaxed) <= most)
        }
    }

    @Test func `a client that waits to be asked for the body is asked`() async throws {
        try await RunningServer.serve { server in
            let post = HTTPText.post(fields: ["Connection: close", "Expect: 100-continue"])
            let connection = server.connection(HTTPText.head(of: post))
            #expect(connection.read(count: 25) == "HTTP/1.1 100 Continue\r\n\r\n")
            connection.write(HTTPText.call)
            #expect(connection.readAnswer().status == 200)
        }
    }

    @Test func `a client that sends no more still gets its answers`() async throws {
        try await RunningServer.serve { server in
            let connection = server.connection(HTTPText.post() + HTTPText.post())
            connection.closeOutput()
            #expect(count(connection.readToEnd()) == 2)
        }
    }
}
