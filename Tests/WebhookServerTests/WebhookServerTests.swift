import CoreMetrics
import Foundation
import Glibc
import Logging
import RealTimeAPI
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing
import WebhookServer

/// The server, over real sockets.
@Suite(.waiting, .timeLimit(.minutes(10))) struct WebhookServerTests {
    /// Runs a server while something is done with it.
    private func withServer<Value: Sendable>(
        _ configuration: WebhookServerConfiguration = WebhookServerConfiguration(),
        handler: @escaping WebhookServer.Handler = { _ in Response(.wait(Wait()), commandID: 1) },
        _ body: @escaping @Sendable (HTTPClient) async throws -> Value
    ) async throws -> Value {
        var configuration = configuration
        configuration.port = 0
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        let server = WebhookServer(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            onListening: { continuation.yield($0) }, handler)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            let port = try #require(await ports.first { _ in true })
            let value = try await body(HTTPClient(port: port))
            group.cancelAll()
            return value
        }
    }

    private let request = #"{"callid":1,"call_status":"UP","command_id":0,"variables":{}}"#

    @Test func `a request is answered with the handler's command`() async throws {
        try await withServer { client in
            let answer = await client.post(request)
            #expect(answer.status == 200 && answer.head.contains("Content-Type: application/json"))
            #expect(answer.body == #"{"command":"wait","command_id":1,"params":{"wait":1}}"#)
            #expect(answer.head.contains(/\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT\r\n/))
            #expect(await client.post(request, fields: ["Content-Type: application/json; charset=utf-8"]).status == 200)
            #expect(await client.post("", path: "/health", method: "GET").body == #"{"status":"ok"}"#)
        }
    }

    @Test func `a connection takes one request after the other, also if they come at once`() async throws {
        try await withServer(handler: { Response(.wait(Wait()), commandID: $0.commandID) }) { client in
            let requests = (1...3).map { number in
                let body = #"{"callid":1,"call_status":"UP","command_id":\#(number)}"#
                let close = number == 3 ? "Connection: close\r\n" : ""
                return
                    "POST / HTTP/1.1\r\nHost: a\r\n\(close)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            let answers = await client.send(requests.joined())
            let all = answers.head + answers.body
            for number in 1...3 { #expect(all.split(separator: #""command_id":\#(number)"#).count == 2) }
            #expect(all.split(separator: "HTTP/1.1 200 OK").count == 3)
        }
    }

    @Test func `a head without its body can be asked for`() async throws {
        try await withServer { client in
            let answer = await client.post("", path: "/health", method: "HEAD")
            #expect(answer.status == 200 && answer.head.contains("Content-Length: 15") && answer.body.isEmpty)
        }
    }

    @Test func `a connection that is idle is closed`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.idleTimeout = .seconds(1)
        try await withServer(configuration) { client in
            let connection = client.connect()
            defer { close(connection) }
            // Without "Connection: close": only silence ends it.
            for _ in 1...3 {
                client.write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n", to: connection)
                var answer = ""
                while !answer.hasSuffix("}") {
                    let text = await client.text(on: connection, count: 1)
                    try #require(!text.isEmpty)
                    answer += text
                }
                #expect(answer.hasPrefix("HTTP/1.1 200 OK") && !answer.contains("close"))
            }
            #expect(await client.text(on: connection, count: .max) == "")
        }
    }

    @Test func `a server that ends answers what is in flight, and takes no more`() async throws {
        let (arrived, arrival) = AsyncStream<Void>.makeStream()
        let (ends, end) = AsyncStream<Void>.makeStream()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        let server = WebhookServer(
            configuration: configuration, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            onListening: { listening.yield($0) }
        ) { _ in
            arrival.yield()
            for await _ in ends { break }
            return Response(.wait(Wait()), commandID: 1)
        }
        let group = ServiceGroup(
            services: [server], logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let client = HTTPClient(port: try #require(await ports.first { _ in true }))
            let idle = client.connect()
            // Keeps its connection alive, were it not for the end.
            async let answer = client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)"
            )
            _ = await arrived.first { _ in true }
            await group.triggerGracefulShutdown()
            // The server has closed it, and its port.
            while client.isListening { await Task.yield() }
            #expect(await client.answer(on: idle).status == 0)
            end.yield()
            #expect(await answer.status == 200)
            try await tasks.waitForAll()
            close(idle)
        }
    }

    @Test(arguments: [
        ("GET", "/", "application/json", "", 405), ("PUT", "/", "application/json", "{}", 405),
        ("POST", "/nowhere", "application/json", "{}", 404), ("POST", "/", "text/plain", "{}", 415),
        ("POST", "/", "application/jsonp", "{}", 415), ("POST", "/", "application/json", "{", 400),
        ("POST", "/", "application/json", "", 400), ("POST", "/", "application/json", "[]", 400),
        ("POST", "/", "application/json", #"{"callid":-1}"#, 400), ("GET", "/metrics", "application/json", "", 404),
    ])
    func `what is wrong is refused with its status`(
        _ method: String, _ path: String, _ type: String, _ body: String, _ status: Int
    ) async throws {
        try await withServer { client in
            let answer = await client.post(body, path: path, method: method, fields: ["Content-Type: \(type)"])
            #expect(answer.status == status && answer.body.hasPrefix(#"{"error":""#))
            #expect(await client.post(request).status == 200)
        }
    }

    @Test func `a body that is too long is refused, with and without a length`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.maximumBodySize = 1000
        try await withServer(configuration) { client in
            let long = String(repeating: " ", count: 2000)
            #expect(await client.post(long).status == 413)
            let chunked =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(long)\r\n0\r\n\r\n"
            #expect(await client.send(chunked).status == 413)
            #expect(await client.post(request).status == 200)
        }
    }

    @Test func `long requests beyond what may be held are refused, and short ones are answered`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.maximumHeldBytes = 100_000
        try await withServer(configuration) { client in
            let long = String(repeating: " ", count: 80_000) + request
            let slow = client.connect()
            defer { close(slow) }
            let text = post(long, fields: "Connection: close\r\n")
            client.write(String(text.dropLast()), to: slow)
            // The server reads it when it comes to it.
            while await client.post(long).status != 503 {}
            #expect(await client.post(request).status == 200)
            #expect(await client.post("", path: "/health", method: "GET").status == 200)
            client.write(String(text.suffix(1)), to: slow)
            #expect(await client.text(on: slow, count: .max).hasPrefix("HTTP/1.1 200"))
            while await client.post(long).status != 200 {}
        }
    }

    @Test func `what is no HTTP is refused`() async throws {
        try await withServer { client in
            let answer = await client.send("hello\r\n\r\n")
            #expect(answer.status == 400 && answer.body.hasPrefix(#"{"error":""#))
            let long = "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 100_000))\r\n\r\n"
            #expect(await client.send(long).status == 431)
            #expect(await client.post(request).status == 200)
        }
    }

    @Test(arguments: [
        "", "POST / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    ])
    func `a request that does not arrive is refused, and others do not notice`(_ start: String) async throws {
        var configuration = WebhookServerConfiguration()
        configuration.requestTimeout = .seconds(2)
        try await withServer(configuration) { client in
            async let slow = client.send(start)
            #expect(await client.post(request).status == 200)
            #expect(await slow.status == 408)
        }
    }

    @Test func `idle connections give way to a new one, that which has been idle longest first`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.maximumConnections = 3
        try await withServer(configuration) { client in
            let connections = (0..<3).map { _ in client.connect() }
            defer { for descriptor in connections { close(descriptor) } }
            // Each has brought a request, and is kept alive.
            for connection in connections {
                client.write(post(request), to: connection)
                #expect(await client.text(on: connection, count: 12) == "HTTP/1.1 200")
            }
            #expect(await client.post("", path: "/health", method: "GET").status == 200)
            // The oldest is closed, and no answer comes that nobody has asked for.
            #expect(await client.text(on: connections[0], count: .max).hasSuffix(#""params":{"wait":1}}"#))
            client.write(post(request, fields: "Connection: close\r\n"), to: connections[2])
            #expect(await client.text(on: connections[2], count: .max).split(separator: "HTTP/1.1 200 OK").count == 2)
        }
    }

    @Test func `thousands of requests behind one that takes time are answered one after the other`() async throws {
        let handler: WebhookServer.Handler = { request in
            if request.command == "slow" { try await Task.sleep(for: .milliseconds(300)) }
            return Response(.wait(Wait()), commandID: 1)
        }
        try await withServer(handler: handler) { client in
            func post(_ command: String, filler: Int = 0) -> String {
                let body =
                    #"{"callid":1,"call_status":"UP","command":"\#(command)","cdr_field":"\#(String(repeating: "x", count: filler))"}"#
                return
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            }
            // Long ones first, so that the server reads much at a time.
            let long = String(repeating: post("long", filler: 200_000), count: 3)
            let count = 20_000
            let quick = String(repeating: "GET /health HTTP/1.1\r\nHost: a\r\n\r\n", count: count - 1)
            let last = "GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let answers = await client.send(long + post("slow") + quick + last)
            #expect((answers.head + answers.body).split(separator: #"{"status":"ok"}"#).count == count)
        }
    }

    private func post(_ body: String, fields: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: a\r\n\(fields)Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test(arguments: [false, true])
    func `a client that does not take its answers is given no more of them`(closesItsSide: Bool) async throws {
        let count = Mutex(0)
        let audio = String(repeating: "A", count: 400_000)
        let handler: WebhookServer.Handler = { _ in
            count.withLock { $0 += 1 }
            return Response(.playWAVData(PlayWAVData(base64: audio)))
        }
        try await withServer(handler: handler) { client in
            let connection = client.connect()
            defer { close(connection) }
            let last = post(request, fields: closesItsSide ? "" : "Connection: close\r\n")
            client.write(String(repeating: post(request), count: 299) + last, to: connection)
            if closesItsSide { shutdown(connection, Int32(SHUT_WR)) }
            var (seen, before) = (0, -1)
            while seen != before {
                before = seen
                try await Task.sleep(for: .milliseconds(300))
                seen = count.withLock { $0 }
            }
            // What the sockets' buffers hold; all would be 120 MB.
            #expect(seen > 0 && seen < 150)
            #expect(await client.text(on: connection, count: .max).utf8.count > 300 * 400_000)
            #expect(count.withLock { $0 } == 300)
        }
    }

    @Test func `a client that asks to close and does not take its answer is left`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.idleTimeout = .milliseconds(200)
        let audio = String(repeating: "A", count: 60_000_000)
        try await withServer(
            configuration, handler: { _ in Response(.playWAVData(PlayWAVData(base64: audio))) }
        ) { client in
            let connection = client.connect()
            defer { close(connection) }
            client.write(post(request, fields: "Connection: close\r\n"), to: connection)
            try await Task.sleep(for: .seconds(2))
            #expect(await client.text(on: connection, count: .max).utf8.count < 60_000_000)
        }
    }

    @Test func `the header of a later request has its time too`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.requestTimeout = .milliseconds(200)
        try await withServer(configuration) { client in
            let connection = client.connect()
            defer { close(connection) }
            client.write(post(request), to: connection)
            #expect(await client.text(on: connection, count: 12) == "HTTP/1.1 200")
            client.write("POST / HTTP/1.1\r\nHo", to: connection)
            #expect(await client.text(on: connection, count: .max).contains("HTTP/1.1 408"))
        }
    }

    @Test func `an offer of another protocol is answered, and closes the connection`() async throws {
        try await withServer { client in
            let offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
            let answer = await client.send(post(request, fields: offer))
            #expect(answer.status == 200 && answer.head.contains("Connection: close"))
        }
    }

    @Test
    func `a request that comes when all connections are busy is refused, and how the server is can still be asked`()
        async throws
    {
        var configuration = WebhookServerConfiguration()
        configuration.maximumConnections = 1
        let (permits, permit) = AsyncStream<Void>.makeStream()
        let (arrivals, arrival) = AsyncStream<Void>.makeStream()
        let handler: WebhookServer.Handler = { _ in
            arrival.yield()
            for await _ in permits { break }
            return Response(.wait(Wait()), commandID: 1)
        }
        try await withServer(configuration, handler: handler) { client in
            async let answer = client.post(request)
            for await _ in arrivals { break }
            #expect(await client.post(request).status == 503)
            #expect(await client.post("", path: "/health", method: "GET").status == 200)
            permit.yield()
            #expect(await answer.status == 200)
        }
    }

    @Test func `a client that waits to be asked for the body is asked`() async throws {
        try await withServer { client in
            let connection = client.connect()
            defer { close(connection) }
            let head =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: \(request.utf8.count)\r\n\r\n"
            client.write(head, to: connection)
            #expect(await client.text(on: connection, count: 25) == "HTTP/1.1 100 Continue\r\n\r\n")
            client.write(request, to: connection)
            #expect(await client.answer(on: connection).status == 200)
        }
    }

    @Test func `a client that sends no more still gets its answers`() async throws {
        try await withServer { client in
            let connection = client.connect()
            defer { close(connection) }
            let post =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)"
            client.write(post + post, to: connection)
            shutdown(connection, Int32(SHUT_WR))
            let text = await client.text(on: connection, count: .max)
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == 3)
        }
    }

    @Test func `the answer to HEAD has no body`() async throws {
        try await withServer { client in
            let answer = await client.post("", method: "HEAD")
            #expect(answer.status == 405 && answer.body.isEmpty)
        }
    }

    @Test func `credentials are asked for`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.credentials = BasicCredentials(login: "call", password: "pass:wörd")
        #expect(!"\(configuration)".contains("pass"))
        try await withServer(configuration) { client in
            // printf 'call:pass:wörd' | base64
            let right = "Y2FsbDpwYXNzOnfDtnJk"
            #expect(await client.post(request, fields: ["Authorization: Basic \(right)"]).status == 200)
            for wrong in ["", "Basic", "Basic ", "Basic \(right)A", "Basic Y2Fs", "Bearer \(right)"] {
                let answer = await client.post(request, fields: ["Authorization: \(wrong)"])
                #expect(answer.status == 401 && answer.head.contains("WWW-Authenticate: Basic"))
            }
            #expect(await client.post(request).status == 401)
        }
    }

    @Test func `an answer on its way to a slow client arrives before the server ends`() async throws {
        let (ports, port) = AsyncStream<Int>.makeStream()
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let audio = String(repeating: "A", count: 32 << 20)  // more than the sockets take
        let server = WebhookServer(
            configuration: configuration, logger: quiet, onListening: { port.yield($0) },
            { _ in Response(.playWAVData(PlayWAVData(base64: audio)), commandID: 1) })
        let group = ServiceGroup(services: [server], logger: quiet)
        async let end: Void = group.run()
        let client = HTTPClient(port: try #require(await ports.first { _ in true }))
        let connection = client.connect()
        client.write(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)",
            to: connection)
        #expect(await client.text(on: connection, count: 12) == "HTTP/1.1 200")
        await group.triggerGracefulShutdown()
        while client.isListening { await Task.yield() }
        #expect(await client.text(on: connection, count: .max).utf8.count > audio.utf8.count)
        close(connection)
        try await end
    }

    @Test func `what is counted is shown with its kind, in an order that stays`() {
        let registry = MetricsRegistry()
        registry.makeCounter(label: "b.total", dimensions: [("status", "404"), ("path", "\"a\\\n")]).increment(by: 2)
        registry.makeCounter(label: "b.total", dimensions: []).increment(by: 1)
        for (label, value) in [("a", 3.6), ("c", 5), ("d", .nan), ("e", -.infinity), ("f", 1e300)] {
            registry.makeRecorder(label: label, dimensions: [], aggregate: false).record(value)
        }
        #expect(
            registry.text == """
                # TYPE a gauge
                a 3.6
                # TYPE b_total counter
                b_total 1
                b_total{status="404",path="\\"a\\\\\\n"} 2
                # TYPE c gauge
                c 5
                # TYPE d gauge
                d NaN
                # TYPE e gauge
                e -Inf
                # TYPE f gauge
                f 1e+300

                """)
    }

    @Test func `a handler that throws hangs up the call`() async throws {
        struct Failed: Error {}
        try await withServer(handler: { _ in throw Failed() }) { client in
            let answer = await client.post(request)
            #expect(answer.status == 200 && answer.body == #"{"command":"hangup","params":{}}"#)
            #expect(await client.post(#"{"callid":1,"call_status":"HANGUP"}"#).body == "{}")
        }
    }
}
