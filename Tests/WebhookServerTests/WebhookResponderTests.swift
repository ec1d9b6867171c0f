import CoreMetrics
import Logging
import NIOCore
import NIOEmbedded
import RealTimeAPI
import Testing

@testable import WebhookServer

/// Which requests are taken, and what holds where nothing is said.
@Suite(.timeLimit(.minutes(10))) struct WebhookResponderTests {
    @Test func `a server's configuration is that which is documented`() {
        let configuration = WebhookServerConfiguration()
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.path == "/")
        #expect(configuration.credentials == nil)
        #expect(configuration.tls == nil)
        #expect(configuration.maximumBodySize == 262_144)
        #expect(configuration.requestTimeout == .seconds(10))
        #expect(configuration.idleTimeout == .seconds(75))
        #expect(configuration.maximumConnections == 4096)
        #expect(configuration.metrics == nil)
    }

    private func head(_ answer: String) -> String { String(answer.prefix { $0 != "\r\n" }) }

    @Test(arguments: [
        ("/", "/", "200 OK"), ("/", "/?", "200 OK"), ("/", "/?a=/b&c=?d", "200 OK"), ("/", "/x", "404 Not Found"),
        ("/", "//", "404 Not Found"), ("/", "/?/hook", "200 OK"), ("/hook", "/hook", "200 OK"),
        ("/hook", "/hook?call=1", "200 OK"), ("/hook", "/", "404 Not Found"), ("/hook", "/?/hook", "404 Not Found"),
        ("/hook", "/hook/", "404 Not Found"), ("/hook", "/hooks", "404 Not Found"), ("/hook", "/Hook", "404 Not Found"),
    ])
    func `the webhook is at its path, whatever query follows`(_ path: String, _ target: String, _ status: String) throws
    {
        let connection = try TestConnection { $0.path = path }
        try connection.send(TestConnection.post.replacing("POST / ", with: "POST \(target) "))
        let answer = try connection.answers()
        #expect(head(answer) == "HTTP/1.1 \(status)")
        if status.hasPrefix("404") {
            #expect(answer.hasSuffix(#"{"error":"there is nothing here; the webhook is POST \#(path)"}"#))
            #expect(!connection.channel.isActive)
        }
    }

    @Test func `every character of a name may be in one`() throws {
        let connection = try TestConnection()
        let name = "abcxyzABCXYZ0189-._~!$&'()*+,;=%4aF"
        try connection.send(TestConnection.post.replacing("Host: a", with: "Host: \(name):80"))
        #expect(head(try connection.answers()) == "HTTP/1.1 200 OK")
    }

    @Test func `of a body that is refused no value is logged, and of one that is no JSON no digit`() throws {
        let responder = WebhookResponder(
            configuration: WebhookServerConfiguration(),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
            handler: { _ in Response(nil) })
        for (body, summary) in [
            (#"{"callid":1,"call_status":4711}"#, "/call_status"), (#"{"cli_number":+33612345678}"#, "not"),
        ] {
            let error = try #require(throws: MessageError.self) { try Request(json: Array(body.utf8)) }
            let answer = responder.refusal(of: error)
            #expect(answer.summary.contains(summary), "\(answer.summary)")
            #expect(!answer.summary.contains("4711") && !answer.summary.contains("3"), "\(answer.summary)")
        }
    }

    @Test(arguments: ["GET", "HEAD"], ["", "?a=b"])
    func `health and metrics are pages, with and without a query`(_ method: String, _ query: String) throws {
        let registry = MetricsRegistry()
        registry.makeCounter(label: "a", dimensions: []).increment(by: 7)
        let connection = try TestConnection { $0.metrics = registry }
        try connection.send("\(method) /health\(query) HTTP/1.1\r\nHost: a\r\n\r\n")
        let health = try connection.answers()
        #expect(head(health) == "HTTP/1.1 200 OK" && health.contains("\r\nContent-Length: 15\r\n"))
        #expect(health.hasSuffix(#"{"status":"ok"}"#) == (method == "GET"))
        try connection.send("\(method) /metrics\(query) HTTP/1.1\r\nHost: a\r\n\r\n")
        let metrics = try connection.answers()
        #expect(metrics.contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
        #expect(metrics.hasSuffix("# TYPE a counter\na 7\n") == (method == "GET"))
        #expect(connection.channel.isActive)
    }

    @Test(arguments: [
        ("POST", "/health", "GET, HEAD"), ("DELETE", "/metrics", "GET, HEAD"), ("GET", "/", "POST"),
        ("HEAD", "/", "POST"),
    ])
    func `another method is told which are allowed, and closes the connection`(
        _ method: String, _ path: String, _ allowed: String
    ) throws {
        let connection = try TestConnection { $0.metrics = MetricsRegistry() }
        try connection.send("\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        let answer = try connection.answers()
        #expect(head(answer) == "HTTP/1.1 405 Method Not Allowed")
        #expect(answer.contains("\r\nAllow: \(allowed)\r\n") && answer.contains("\r\nConnection: close\r\n"))
        #expect(!connection.channel.isActive)
    }

    @Test func `without metrics there is no page of them, and the connection goes on`() throws {
        let connection = try TestConnection()
        try connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try connection.answers().hasSuffix(#"{"error":"metrics are not collected here"}"#))
        try connection.send(TestConnection.post)
        #expect(head(try connection.answers()) == "HTTP/1.1 200 OK")
    }

    @Test(arguments: [(262_144, "200 OK"), (262_145, "413 Payload Too Large")])
    func `a body has 256 KiB at most`(_ count: Int, _ status: String) throws {
        let start = #"{"callid":1,"call_status":"UP","cdr_field":""#
        let body = start + String(repeating: "x", count: count - start.utf8.count - 2) + #""}"#
        let whole = try TestConnection()
        try whole.send(TestConnection.post(body))
        #expect(head(try whole.answers()) == "HTTP/1.1 \(status)")
        let chunked = try TestConnection()
        let length = "Content-Length: \(count)\r\n\r\n"
        try chunked.send(
            TestConnection.post(body).replacing(
                length, with: "Transfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n") + "\r\n0\r\n\r\n")
        #expect(head(try chunked.answers()) == "HTTP/1.1 \(status)")
        // It is refused by what it says of itself.
        let announced = try TestConnection()
        try announced.send(String(TestConnection.post(body).prefix { $0 != "{" }))
        #expect(head(try announced.answers()) == (count > 262_144 ? "HTTP/1.1 \(status)" : ""))
    }

    @Test(arguments: [
        ("application/json", true), ("application/json; charset=utf-8", true), ("Application/JSON", true),
        (" application/json ;x", true), ("application/json2", false), ("text/json", false), ("", false),
    ])
    func `the content type is JSON`(_ type: String, _ isTaken: Bool) throws {
        let connection = try TestConnection()
        try connection.send(TestConnection.post.replacing("application/json", with: type))
        #expect(head(try connection.answers()).hasSuffix("200 OK") == isTaken)
        let none = try TestConnection()
        try none.send(TestConnection.post.replacing("Content-Type: application/json\r\n", with: ""))
        #expect(head(try none.answers()) == "HTTP/1.1 415 Unsupported Media Type")
    }

    @Test func `a connection to the default server has 10 s for a request, and 75 s after an answer`() throws {
        let late = try TestConnection()
        late.pass(.milliseconds(9999))
        #expect(late.channel.isActive)
        late.pass(.milliseconds(1))
        #expect(head(try late.answers()) == "HTTP/1.1 408 Request Timeout")
        let idle = try TestConnection()
        try idle.send(TestConnection.post)
        _ = try idle.answers()
        idle.pass(.milliseconds(74_999))
        #expect(idle.channel.isActive)
        idle.pass(.milliseconds(1))
        #expect(!idle.channel.isActive)
    }
}
