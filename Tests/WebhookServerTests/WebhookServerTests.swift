import Glibc
import Logging
import RealTimeProtocol
import ServiceLifecycle
import Synchronization
import Testing
import WebhookServer

/// The server, over real sockets.
@Suite(.timeLimit(.minutes(1))) struct WebhookServerTests {
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

    @Test func `a client that asks before it sends a body is told to send it`() async throws {
        try await withServer { client in
            let answer = await client.post(request, fields: ["Expect: 100-continue"])
            #expect(answer.head == "HTTP/1.1 100 Continue" && answer.body.hasPrefix("HTTP/1.1 200 OK"))
            // Not if the head is wrong already.
            #expect(await client.post(request, method: "PUT", fields: ["Expect: 100-continue"]).status == 405)
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
            // Without "Connection: close".
            #expect(await client.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
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
            // The server has closed it.
            #expect(client.read(idle).status == 0)
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

    @Test func `what is no HTTP is refused`() async throws {
        try await withServer { client in
            #expect(await client.send("hello\r\n\r\n").status == 400)
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

    @Test func `connections over the limit are turned away`() async throws {
        var configuration = WebhookServerConfiguration()
        configuration.maximumConnections = 2
        try await withServer(configuration) { client in
            let held = [client.connect(), client.connect()]
            // They are counted when the server has seen them.
            var status = 200
            while status != 503 { status = await client.post(request).status }
            for descriptor in held { close(descriptor) }
            while status != 200 { status = await client.post(request).status }
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

    @Test func `a handler that throws hangs up the call`() async throws {
        struct Failed: Error {}
        try await withServer(handler: { _ in throw Failed() }) { client in
            let answer = await client.post(request)
            #expect(answer.status == 200 && answer.body == #"{"command":"hangup","params":{}}"#)
            #expect(await client.post(#"{"callid":1,"call_status":"HANGUP"}"#).body == "{}")
        }
    }
}
