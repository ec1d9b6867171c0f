import Glibc
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import WebhookServer

/// What look-ups send, and what they take for an answer.
@Suite(.waitingForTime, .timeLimit(.minutes(10))) struct LookupClientTests {
    private static let patience = Duration.seconds(60)

    private func answer(
        _ port: Int, _ method: String = "GET", path: String = "/a?b=c", body: String = "",
        timeout: Duration = patience
    ) async throws -> (status: Int, body: String) {
        let answer = try await LookupClient().exchange(
            method, "http://127.0.0.1:\(port)\(path)", [("X-Key", "7")], Array(body.utf8), timeout)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    /// Why there is no answer; empty if there is one.
    private func failure(_ body: () async throws -> Void) async -> String {
        do { try await body() } catch { return "\(error)" }
        return ""
    }

    @Test func `a look-up sends what it is given, and brings what came`() async throws {
        let server = try AnsweringPort("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"a\":1}")
        #expect(try await answer(server.number) == (200, #"{"a":1}"#))
        #expect(try await answer(server.number, "POST", path: "", body: "[2]") == (200, #"{"a":1}"#))
        #expect(
            server.requests == [
                "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(server.number)\r\nX-Key: 7\r\nUser-Agent: rtmedia\r\nConnection: close\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:\(server.number)\r\nX-Key: 7\r\nContent-Length: 3\r\nUser-Agent: rtmedia\r\nConnection: close\r\n\r\n[2]",
            ])
    }

    @Test(arguments: [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, ""),
        ("HTTP/1.1 200 OK\r\n\r\nto the end", 200, "to the end"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 200, "abc"),
        ("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204, ""),
    ])
    func `an answer may have any status, and any way to end`(_ text: String, _ status: Int, _ body: String)
        async throws
    {
        let server = try AnsweringPort(text)
        #expect(try await answer(server.number) == (status, body))
        #expect(server.requests.count == 1)
    }

    @Test func `a redirection is an answer, and nobody goes where it points`() async throws {
        let other = try AnsweringPort("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = try AnsweringPort(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:\(other.number)/\r\nContent-Length: 0\r\n\r\n")
        #expect(try await answer(server.number) == (302, ""))
        #expect(other.requests.isEmpty && server.requests.count == 1)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n", 70_000, "the answer has more than 65536 bytes"),
        ("HTTP/1.1 200 OK\r\n\r\n", 70_000, "the answer has more than 65536 bytes"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 5, "the connection ended before the answer"),
        ("", 0, "the connection ended before the answer"), ("SSH-2.0-OpenSSH\r\n", 0, "the answer is not HTTP"),
    ])
    func `what is no answer is told`(_ head: String, _ length: Int, _ reason: String) async throws {
        let server = try AnsweringPort(head + String(repeating: "x", count: length))
        let failure = await failure { _ = try await answer(server.number) }
        // A connection that ends within an answer is also no HTTP.
        #expect(failure == reason || length == 5 && failure == "the answer is not HTTP", "\(failure)")
    }

    @Test func `who does not answer is given up, in time`() async throws {
        let server = try AnsweringPort(nil)
        let start = ContinuousClock.now
        #expect(
            await failure { _ = try await answer(server.number, timeout: .milliseconds(200)) }
                == "no answer within 0.2 s")
        #expect(start.duration(to: .now) >= .milliseconds(200))
    }

    @Test func `nobody there, no such host, and no HTTPS there are told`() async throws {
        let port = try RefusingPort()
        #expect(await failure { _ = try await answer(port.number) } == "the connection was refused")
        let client = try LookupClient()
        #expect(
            await failure { _ = try await client.exchange("GET", "http://nosuch.invalid/", [], [], Self.patience) }
                == "no such host")
        #if TLS
            let server = try AnsweringPort("HTTP/1.1 400 Bad Request\r\n\r\n")
            let address = "https://127.0.0.1:\(server.number)/"
            // It waits for the end of a header that never comes.
            let failure = await failure { _ = try await client.exchange("GET", address, [], [], .seconds(2)) }
            // What it has when the client is gone is no request.
            #expect(failure == "no answer within 2.0 s" && !server.requests.contains { $0.contains("GET") })
        #endif
    }

    @Test(arguments: [
        "ftp://a/", "http://", "http://:80/", "http://a:0/", "http://a:65536/", "http://u@a/", "http://a/#b",
    ])
    func `what is no address is refused`(_ address: String) {
        #expect(throws: LookupError.self) { try LookupPlace(address) }
    }

    @Test(arguments: [
        ("http://a", "a", 80, "/", ""), ("https://a", "a", 443, "/", ""), ("http://a:81?b", "a", 81, "/?b", ":81"),
        ("https://[::1]:80/c", "[::1]", 80, "/c", ":80"), ("http://[::1]", "[::1]", 80, "/", ""),
    ])
    func `an address has a host, a port and a target`(
        _ address: String, _ host: String, _ port: Int, _ target: String, _ portText: String
    ) throws {
        let place = try LookupPlace(address)
        #expect(place.host == host && place.port == port && place.target == target && place.portText == portText)
    }

    @Test func `no more look-ups are under way than there may be`() async throws {
        let server = try AnsweringPort(nil)
        let client = try LookupClient()
        let address = "http://127.0.0.1:\(server.number)/"
        let failures = await withTaskGroup(of: String.self) { group in
            for _ in 0..<(LookupClient.maximumCount + 40) {
                group.addTask {
                    await failure { _ = try await client.exchange("GET", address, [], [], .seconds(5)) }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(failures["128 look-ups are in progress already"] == 40, "\(failures)")
        #expect(failures["no answer within 5.0 s"] == LookupClient.maximumCount)
        // Those that are over leave their places to others.
        let next = await failure { _ = try await client.exchange("GET", address, [], [], .milliseconds(10)) }
        #expect(next == "no answer within 0.01 s")
    }

    #if TLS
        @Test func `certificates that can't be read are told before any look-up`() {
            #expect(throws: WebhookServerError.self) { try LookupClient(certificates: "/nowhere/ca.pem") }
        }
    #endif

    @Test func `what happens to a connection beside that is told as it is`() {
        let failures: [(any Error, String)] = [
            (IOError(errnoCode: ECONNRESET, reason: "read"), "the connection failed"),
            (IOError(errnoCode: ECONNREFUSED, reason: "connect"), "the connection was refused"),
            (ChannelError.connectTimeout(.seconds(1)), "no answer within 2.0 s"),
            (HTTPParserError.invalidVersion, "the answer is not HTTP"),
        ]
        for (error, text) in failures { #expect(LookupError(error, .seconds(2)).description == text) }
    }
}
