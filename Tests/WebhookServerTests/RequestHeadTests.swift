import Testing

@testable import WebhookServer

/// What is answered to the head of a request.
@Suite struct RequestHeadTests {
    @Test(
        "a target in absolute form is its path (RFC 9112, section 3.2.2)",
        arguments: [
            ("/health", 200), ("/health?a=1", 200), ("http://a/health", 200), ("HTTP://a:80/health?b", 200),
            ("/health#c", 400),
            ("http://a", 405), ("http://a/", 405), ("http://a?/health", 405), ("//a/health", 404), ("*", 404),
            ("/metrics", 404), ("https://a/health", 200), ("http://[::1]:80/health", 200), ("http://a:/health", 200),
            ("http://a%2Db/health", 200), ("ftp://a/health", 400), ("http:///health", 400),
            ("http://u:p@a/health", 400), ("http://u@a/health", 400), ("http://a:b/health", 400),
            ("http://a:80:80/health", 400), ("http://[::1/health", 400), ("http://[::1]a/health", 400),
            ("http://a%zz/health", 400), ("http://", 400), ("://a/health", 400), ("health", 400),
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
            ("HTTP/1.0\r\nHost: a\r\nHost: b\r\n", 400), ("HTTP/1.1\r\nHost: a, b\r\n", 400),
            ("HTTP/1.1\r\nHost: a/b@c d\r\n", 400), ("HTTP/1.1\r\nHost: u@a\r\n", 400),
            ("HTTP/1.1\r\nHost: a:b\r\n", 400), ("HTTP/1.1\r\nHost: :80\r\n", 400),
            ("HTTP/1.1\r\nHost: a:80\r\n", 200), ("HTTP/1.1\r\nHost: [::1]:80\r\n", 200),
            ("HTTP/1.0\r\nHost: a/b\r\n", 400),
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

    @Test(
        "a body in a coding that is not read is 501, and one whose end can't be told is 400 (RFC 9112, section 6.1)",
        arguments: [
            ("chunked", 200), ("Chunked", 200), ("gzip, chunked", 501), ("gzip,chunked", 501),
            ("identity, chunked", 501), ("gzip", 400), ("chunked, chunked", 400), ("chunked, gzip", 400),
        ])
    func transferCoding(coding: String, status: Int) throws {
        let body = #"{"callid":1,"call_status":"UP"}"#
        let connection = try TestConnection()
        try connection.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: \(coding)\r\n\r\n"
                + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n")
        let answer = try connection.answers()
        #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && answer.matches(of: #/HTTP/1.1 \d/#).count == 1, "\(answer)")
    }

    @Test("a field that there may be once is not there twice", arguments: ["Content-Type", "Authorization"])
    func repeated(name: String) throws {
        let connection = try TestConnection { $0.credentials = BasicCredentials(login: "a", password: "b") }
        let fields = "Authorization: Basic YTpi\r\n"
        let again = name == "Authorization" ? fields : "Content-Type: text/plain\r\n"
        try connection.send(
            TestConnection.post.replacing("Host: a\r\n", with: "Host: a\r\n\(fields)\(again)"))
        let answer = try connection.answers()
        #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("has 2 \(name) fields"), "\(answer)")
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
