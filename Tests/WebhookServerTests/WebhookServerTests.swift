import Foundation
import RealTimeAPI
import TestSupport
import Testing
import WebhookServer

/// What the server answers, over real sockets.
@Suite(.waiting, .timeLimit(.minutes(10))) struct WebhookServerTests {
    @Test func `a request is answered with the handler's command`() async throws {
        try await RunningServer.serve { server in
            let answer = server.post()
            #expect(answer.status == 200 && answer.head.contains("Content-Type: application/json"))
            #expect(answer.body == #"{"command":"wait","command_id":1,"params":{"wait":1}}"#)
            #expect(answer.head.contains(/\r\nDate: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} 20\d\d \d\d:\d\d:\d\d GMT\r\n/))
            #expect(server.post(fields: ["Content-Type: application/json; charset=utf-8"]).status == 200)
            #expect(server.isHealthy)
        }
    }

    @Test func `the answer to HEAD has no body`() async throws {
        try await RunningServer.serve { server in
            let health = server.answer(to: HTTPText.get("/health", method: "HEAD", fields: ["Connection: close"]))
            #expect(health.status == 200 && health.head.contains("Content-Length: 15") && health.body.isEmpty)
            let other = server.post("", method: "HEAD")
            #expect(other.status == 405 && other.body.isEmpty)
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
        try await RunningServer.serve { server in
            let answer = server.post(body, path: path, method: method, fields: ["Content-Type: \(type)"])
            #expect(answer.status == status && answer.body.hasPrefix(#"{"error":""#))
            #expect(server.post().status == 200)
        }
    }

    @Test func `a body that is too long is refused, with and without a length`() async throws {
        try await RunningServer.serve({ $0.maximumBodySize = 1000 }) { server in
            let long = String(repeating: " ", count: 2000)
            #expect(server.post(long).status == 413)
            let chunked =
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(long)\r\n0\r\n\r\n"
            #expect(server.answer(to: chunked).status == 413)
            #expect(server.post().status == 200)
        }
    }

    @Test func `long requests beyond what may be held are refused, and short ones are answered`() async throws {
        try await RunningServer.serve({ $0.maximumHeldBytes = 100_000 }) { server in
            let long = String(repeating: " ", count: 80_000) + HTTPText.call
            let text = HTTPText.post(long, fields: ["Connection: close"])
            var answer: RawConnection.Answer?
            // Of two long ones that come at the same time either may be refused, and both: then they are sent again.
            for _ in 0..<100 where answer?.status != 200 {
                let slow = server.connection(String(text.dropLast()))
                while server.post(long).status != 503 && !slow.hasInput {}
                #expect(server.post().status == 200 && server.isHealthy)
                slow.write(String(text.suffix(1)))
                answer = slow.readAnswer()
            }
            #expect(answer?.status == 200)
            while server.post(long).status != 200 {}
        }
    }

    @Test func `what is no HTTP is refused`() async throws {
        try await RunningServer.serve { server in
            let answer = server.answer(to: "hello\r\n\r\n")
            #expect(answer.status == 400 && answer.body.hasPrefix(#"{"error":""#))
            let long = HTTPText.get("/", fields: ["X: \(String(repeating: "x", count: 100_000))"])
            #expect(server.answer(to: long).status == 431)
            #expect(server.post().status == 200)
        }
    }

    @Test func `an offer of another protocol is answered, and closes the connection`() async throws {
        try await RunningServer.serve { server in
            let offer = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"]
            let answer = server.answer(to: HTTPText.post(fields: offer))
            #expect(answer.status == 200 && answer.head.contains("Connection: close"))
        }
    }

    @Test func `credentials are asked for`() async throws {
        let credentials = BasicCredentials(login: "call", password: "pass:wörd")
        try await RunningServer.serve({
            $0.credentials = credentials
            #expect(!"\($0)".contains("pass"))
        }) { server in
            // printf 'call:pass:wörd' | base64
            let right = "Y2FsbDpwYXNzOnfDtnJk"
            #expect(server.post(fields: ["Authorization: Basic \(right)"]).status == 200)
            for wrong in ["", "Basic", "Basic ", "Basic \(right)A", "Basic Y2Fs", "Bearer \(right)"] {
                let answer = server.post(fields: ["Authorization: \(wrong)"])
                #expect(answer.status == 401 && answer.head.contains("WWW-Authenticate: Basic"))
            }
            #expect(server.post().status == 401)
        }
    }

    @Test func `a handler that throws hangs up the call`() async throws {
        struct Failed: Error {}
        try await RunningServer.serve(handler: { _ in throw Failed() }) { server in
            let answer = server.post()
            #expect(answer.status == 200 && answer.body == #"{"command":"hangup","params":{}}"#)
            #expect(server.post(#"{"callid":1,"call_status":"HANGUP"}"#).body == "{}")
        }
    }
}
