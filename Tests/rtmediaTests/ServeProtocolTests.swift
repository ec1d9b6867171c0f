import Foundation
import Glibc
import TestSupport
import Testing

/// What `rtmedia serve` makes of clients that write HTTP as no client should, or no more of it than they must (RFC 9110, RFC 9112).
@Suite(.waiting, .timeLimit(.minutes(10))) struct ServeProtocolTests {
    let place = Workplace()

    private static let body = HTTPText.call
    /// What comes behind a request on the same connection, and would be answered with `ok` if it were read as a request.
    private static let next = HTTPText.get("/health", fields: ["Connection: close"])

    /// A request of the webhook with other fields and another body.
    private static func post(_ fields: String, _ body: String = body, version: String = "1.1") -> String {
        "POST / HTTP/\(version)\r\nHost: a\r\nContent-Type: application/json\r\n\(fields)\r\n\(body)"
    }

    private static func get(_ fields: String, _ version: String = "HTTP/1.1") -> String {
        "GET /health \(version)\r\n\(fields)\r\n"
    }

    private static let chunked =
        "Transfer-Encoding: chunked\r\n"
    private static let chunks = "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
    private static let length = "Content-Length: \(body.utf8.count)\r\n"

    /// The statuses of all that a server answers to what is written to it at once, until it closes the connection.
    private func answers(_ server: ServedProcess, _ text: String) -> (statuses: [Int], text: String) {
        let connection = RawConnection(port: server.port)
        connection.write(text)
        let text = connection.readToEnd()
        return (text.matches(of: #/HTTP/1\.1 (\d\d\d) /#).map { Int($0.1)! }, text)
    }

    @Test("what may be read in two ways, or in none, is refused, and what follows it is not read")
    func refused() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let (post, get) = (Self.post, Self.get)
        for (what, request) in [
            ("a length beside chunks", post("Content-Length: 5\r\n\(Self.chunked)", "0\r\n\r\n", "1.1")),
            ("chunks beside a length", post("\(Self.chunked)Content-Length: 5\r\n", "0\r\n\r\n", "1.1")),
            (
                "a length beside a coding that is none",
                post("Transfer-Encoding: identity\r\n\(Self.length)", Self.body, "1.1")
            ),
            ("an unknown coding", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n", "1.1")),
            ("two lengths", post("\(Self.length)Content-Length: 2\r\n", Self.body, "1.1")),
            ("a length twice", post("\(Self.length)\(Self.length)", Self.body, "1.1")),
            ("a list of lengths", post("Content-Length: 61, 61\r\n", Self.body, "1.1")),
            ("a length under 0", post("Content-Length: -1\r\n", "", "1.1")),
            ("a length with a sign", post("Content-Length: +61\r\n", Self.body, "1.1")),
            ("a length that no number holds", post("Content-Length: 18446744073709551677\r\n", Self.body, "1.1")),
            ("a chunk under 0", post(Self.chunked, "-1\r\n\r\n", "1.1")),
            (
                "a chunk that no number holds",
                post(Self.chunked, "1000000000000003D\r\n\(Self.body)\r\n0\r\n\r\n", "1.1")
            ),
            ("chunks that end with LF", post(Self.chunked, Self.chunks.replacing("\r\n", with: "\n"), "1.1")),
            ("a field that is folded", get("Host: a\r\nX-Note: b\r\n c\r\n", "HTTP/1.1")),
            ("a field that is folded from its start", post("X-Note:\r\n\tb\r\n\(Self.length)", Self.body, "1.1")),
            ("a fold before any field", get(" Host: a\r\n", "HTTP/1.1")),
            ("lines that end with LF", get("Host: a\r\n", "HTTP/1.1").replacing("\r\n", with: "\n")),
            ("lines that end with CR", get("Host: a\r\n", "HTTP/1.1").replacing("\r\n", with: "\r")),
            ("CR in a field", get("Host: a\rX-Note: b\r\n", "HTTP/1.1")),
            ("a zero byte in a field", get("Host: a\r\nX-Note: a\0b\r\n", "HTTP/1.1")),
            ("a space before the colon", get("Host : a\r\n", "HTTP/1.1")),
            ("HTTP/2.0", get("Host: a\r\n", "HTTP/2.0")), ("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            ("HTTP/0.9", "GET /health\r\n\r\n"), ("a version that there is not", get("Host: a\r\n", "HTTP/1.11")),
        ] {
            let (statuses, text) = answers(server, request + Self.next)
            #expect(statuses == [400], "\(what): \(text)")
            #expect(
                text.contains("Connection: close\r\n") && !text.contains(#""ok""#) && !text.contains("command"),
                "\(what)")
        }
        #expect(try server.end() == 0)
        #expect(!server.log.contains("a call begins"))
    }

    @Test("a target, a host and a coding that are none of a webhook's are refused, and what follows is not read")
    func targets() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        for (request, status) in [
            (Self.get("Host: a, b\r\n"), 400), (Self.get("Host: a/b@c d\r\n"), 400),
            ("GET ftp://host/health HTTP/1.1\r\nHost: host\r\n\r\n", 400),
            ("GET http:///health HTTP/1.1\r\nHost: host\r\n\r\n", 400),
            ("GET http://u:p@host/health HTTP/1.1\r\nHost: host\r\n\r\n", 400),
            (Self.post("Transfer-Encoding: gzip, chunked\r\n", Self.chunks), 501),
            (Self.post("\(Self.length)Content-Type: text/plain\r\n"), 400),
        ] {
            let (statuses, text) = answers(server, request + Self.next)
            #expect(statuses == [status], "\(request): \(text)")
        }
        #expect(try server.end() == 0)
    }

    @Test("idle connections make room for others, and the server says that it is well, however many there are")
    func idleConnections() throws {
        let server = try ServedProcess(["serve", "--port", "0", "--max-connections", "64"], in: place)
        var idle: [RawConnection] = []
        for call in 1...128 {
            let connection = RawConnection(port: server.port)
            connection.write(HTTPText.post(#"{"callid":\#(call),"call_status":"UP","command_id":0,"variables":{}}"#))
            #expect(connection.read(count: 15) == "HTTP/1.1 200 OK")
            idle.append(connection)
        }
        #expect(answers(server, Self.next).statuses == [200])
        #expect(answers(server, HTTPText.post(fields: ["Connection: close"])).statuses == [200])
        // The oldest were closed, and the newest go on.
        #expect(idle[0].readToEnd().contains(#""command""#))
        idle[127].write(Self.next)
        #expect(idle[127].readToEnd().hasSuffix(#"{"status":"ok"}"#))
        #expect(try server.end() == 0)
    }

    @Test("of many refused requests ten are logged in ten seconds, the number of the others at the end, and no digit")
    func refusalsAreLogged() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        for _ in 0..<30 {
            #expect(answers(server, HTTPText.post("[7 7]", fields: ["Connection: close"])).statuses == [400])
        }
        #expect(try server.end() == 0)
        let lines = server.log.matches(of: /a request was refused/).count
        let others = server.log.matches(of: /count=(\d+).*more requests were refused, and not logged/)
        #expect(lines >= 10 && lines + others.reduce(0) { $0 + Int($1.1)! } == 30, "\(server.log)")
        #expect(!server.log.contains("\"7\"") && !server.log.contains("unexpected 7"), "\(server.log)")
    }

    @Test("HTTP/1.0 gets one answer, and another only if it asks to go on")
    func oldVersion() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        for request in [
            Self.get("", "HTTP/1.0"), Self.post(Self.length, version: "1.0"),
            Self.post("Expect: 100-continue\r\n\(Self.length)", version: "1.0"),
            // HTTP/1.0 knows no chunks: whatever they were, nothing behind them is read.
            Self.post(Self.chunked, Self.chunks, version: "1.0"),
        ] {
            let (statuses, text) = answers(server, request + Self.next)
            #expect(statuses == [200] && text.contains("Connection: close\r\n"), "\(request): \(text)")
        }
        #expect(answers(server, Self.get("Connection: keep-alive\r\n", "HTTP/1.0") + Self.next).statuses == [200, 200])
        #expect(try server.end() == 0)
    }

    @Test("a body is asked for that waits to be, unless it would be refused")
    func expectation() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let expects = "Expect: 100-continue\r\n"
        #expect(answers(server, Self.post(expects + Self.length) + Self.next).statuses == [100, 200, 200])
        #expect(
            answers(server, Self.post("EXPECT: 100-Continue\r\n" + Self.length) + Self.next).statuses == [
                100, 200, 200,
            ])
        #expect(answers(server, Self.post("\(expects)Content-Length: 9999999\r\n", "")).statuses == [413])
        #expect(
            answers(server, Self.post(expects + Self.length, "").replacing("POST /", with: "POST /no")).statuses == [
                404
            ])
        // What else may be expected is nothing that is known.
        #expect(answers(server, Self.post("Expect: tea\r\n" + Self.length) + Self.next).statuses == [200, 200])
        #expect(try server.end() == 0)
    }

    @Test("chunks with extensions and trailers, empty lines before a request, and a query are as any other")
    func unusual() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let size = String(Self.body.utf8.count, radix: 16)
        for request in [
            Self.post(Self.chunked, "\(size);a=\"b\"\r\n\(Self.body)\r\n0\r\nX-Sum: 1\r\n\r\n"),
            "\r\n\r\n" + Self.post(Self.length),
            Self.post(Self.length).replacing("POST /", with: "POST /?a=b"),
        ] {
            let (statuses, text) = answers(server, request + Self.next)
            #expect(
                statuses == [200, 200] && text.contains(#""command":"play""#) && text.hasSuffix(#"{"status":"ok"}"#),
                "\(text)")
        }
        #expect(try server.end() == 0)
    }

    @Test(
        "an end that comes before the answer was taken ends the call once, and what comes for it later begins nothing")
    func endBeforeAnswer() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let end = HTTPText.post(#"{"callid":1,"call_status":"HANGUP","command":"","command_id":0,"variables":{}}"#)
        let (statuses, text) = answers(server, HTTPText.post() + end + end + Self.next)
        #expect(statuses == [200, 200, 200, 200] && text.matches(of: /"command"/).count == 1, "\(text)")
        let metrics = try place.shell("curl -s http://127.0.0.1:\(server.port)/metrics").text
        #expect(
            metrics.contains("\nrtmedia_calls_started_total 1\n")
                && metrics.contains("\nrtmedia_calls_ended_total 1\n"), "\(metrics)")
        #expect(try server.end() == 0)
        #expect(
            server.log.matches(of: /a call begins/).count == 1 && server.log.matches(of: /a call is over/).count == 1)
    }

    #if TLS
        /// What a client in Python says of a way to speak TLS; see `tls.py`.
        private func speak(_ way: String, _ server: ServedProcess) throws -> String {
            let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "tls.py").path
            let run = try place.run("/usr/bin/python3", [script, way, "\(server.port)", "c.pem"])
            #expect(run.status == 0, "\(way): \(run.errors)")
            return run.text
        }

        private func serveTLS() throws -> ServedProcess {
            let made = try place.shell(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout k.pem -out c.pem"
            )
            try #require(made.status == 0, "\(made.errors)")
            return try ServedProcess(["serve", "--port", "0", "--certificate", "c.pem", "--key", "k.pem"], in: place)
        }

        @Test(
            "over TLS, requests that come at once are answered in turn, and a side that is closed still gets its answers"
        )
        func tls() throws {
            let server = try serveTLS()
            #expect(try speak("pipelined", server) == "100 answers, open\n")
            #expect(try speak("closing", server) == "3 answers, closed\n")
            #expect(try speak("shutting", server) == "3 answers, closed\n")
            #expect(try speak("records", server) == "1 answers, closed\n")
            #expect(try server.end() == 0)
        }
    #endif

    @Test(
        "who lets a header, a body or a handshake drip is let go after ten seconds, and holds up nobody, and no end for longer"
    )
    func drips() throws {
        let ending = try ServedProcess(["serve", "--port", "0"], in: place)
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let head = Self.post("Expect: 100-continue\r\n\(Self.length)", "")
        let goOn = "HTTP/1.1 100 Continue\r\n\r\n"
        let stalled = RawConnection(port: ending.port)
        let body = RawConnection(port: server.port)
        for connection in [stalled, body] {
            connection.write(head)
            #expect(connection.read(count: goOn.utf8.count) == goOn)
        }
        let begun = RawConnection(port: ending.port)
        begun.write("POST / HTTP/1.1\r\nX-")
        let header = RawConnection(port: server.port)
        header.write("POST / HTTP/1.1\r\nX-")
        #if TLS
            let secure = try serveTLS()
            let handshake = RawConnection(port: secure.port)
            // A record that says that it is long.
            handshake.write("\u{16}\u{3}\u{1}\u{1}\u{0}")
        #endif
        let start = ContinuousClock.now
        ending.send(SIGTERM)
        // What was no request yet is not waited for.
        #expect(begun.readToEnd().isEmpty)
        // A byte every 200 ms would take them a quarter of a minute. It is real time: these are real connections.
        for byte in Self.body.utf8 {
            guard ContinuousClock.now - start < .seconds(11) else { break }
            header.write("x")
            for connection in [body, stalled] { connection.write(String(UnicodeScalar(byte))) }
            #if TLS
                handshake.write("\u{1}")
            #endif
            usleep(200_000)
        }
        for connection in [header, body, stalled] { #expect(connection.readToEnd().hasPrefix("HTTP/1.1 408 ")) }
        #expect(try ending.waitForEnd() == 0)
        let time = ContinuousClock.now - start
        #expect(time > .seconds(9) && time < .seconds(300), "\(time)")
        #expect(answers(server, Self.next).statuses == [200])
        #expect(try server.end() == 0)
        #if TLS
            #expect(handshake.readToEnd().isEmpty)
            #expect(try speak("pipelined", secure) == "100 answers, open\n")
            #expect(try secure.end() == 0)
        #endif
    }
}
