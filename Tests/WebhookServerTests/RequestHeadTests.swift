import Testing

@testable import WebhookServer

/// What is answered to the head of a request.
@Suite struct RequestHeadTests {
    @Test(
        "a target in absolute form is its path (RFC 9112, section 3.2.2)",
        arguments: [
            ("/health", 200), ("/health?a=1", 200), ("http://a/health", 200), ("HTTP://a:80/health?b#c", 200),
            ("http://a", 405), ("http://a/", 405), ("http://a?/health", 405), ("//a/health", 404), ("*", 404),
            ("/metrics", 404),
        ])
    func target(target: String, status: Int) throws {
        let connection = try TestConnection()
        try connection.send("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test(
        "HTTP/1.1 has one Host field (RFC 9112, section 3.2)",
        arguments: [
            ("HTTP/1.1\r\n", 400), ("HTTP/1.1\r\nHost: a\r\n", 200), ("HTTP/1.1\r\nHost:\r\n", 200),
            ("HTTP/1.1\r\nHost: a\r\nhost: a\r\n", 400), ("HTTP/1.0\r\n", 200), ("HTTP/1.0\r\nHost: a\r\n", 200),
            ("HTTP/1.0\r\nHost: a\r\nHost: b\r\n", 400),
        ])
    func host(head: String, status: Int) throws {
        let connection = try TestConnection()
        try connection.send("GET /health \(head)\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test("a body that is compressed is refused", arguments: [("identity", 200), ("", 200), ("gzip", 415), ("x", 415)])
    func coding(coding: String, status: Int) throws {
        let connection = try TestConnection()
        try connection.send(
            TestConnection.post.replacing("Host: a\r\n", with: "Host: a\r\nContent-Encoding: \(coding)\r\n"))
        let answer = try connection.answers()
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        #expect(answer.contains("Accept-Encoding: identity\r\n") == (status == 415))
    }

    @Test("metrics need the credentials, if there are any, unless they are open", arguments: [false, true])
    func metrics(areOpen: Bool) throws {
        let connection = try TestConnection {
            $0.metrics = MetricsRegistry()
            $0.credentials = BasicCredentials(login: "a", password: "b")
            $0.metricsAreOpen = areOpen
        }
        try connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\nAuthorization: Basic YTpi\r\n\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
        try connection.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 \(areOpen ? 200 : 401) "))
    }

    @Test("how the server is needs no credentials")
    func health() throws {
        let connection = try TestConnection { $0.credentials = BasicCredentials(login: "a", password: "b") }
        try connection.send("GET /health HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try connection.answers().hasPrefix("HTTP/1.1 200 "))
    }
}
