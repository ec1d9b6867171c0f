import NIOCore
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

@testable import Studio

/// Who is let into the studio, and what hostile clients get.
@Suite(.waiting) struct AccessTests {
    let folder: TestFolder

    init() throws { folder = try TestSounds.folder() }

    @Test("the printed address gives a cookie that opens the page, and is forgotten by it")
    func token() async throws {
        try await TestStudio.serve(folder) { studio in
            let host = "Host: \(studio.host)"
            let opened = studio.send("GET", "/?token=\(studio.token)", fields: [host])
            #expect(opened.status == 303 && opened.field("Location") == "/")
            let cookie = try #require(opened.field("Set-Cookie"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            let pair = String(cookie.prefix { $0 != ";" })
            #expect(studio.send("GET", "/", fields: [host, "Cookie: a=b; \(pair)"]).status == 200)
            #expect(studio.send("GET", "/api/session", fields: [host, "Cookie: \(pair)"]).status == 200)
            for fields in [
                [], ["Cookie: \(pair)0"], ["Cookie: \(pair.dropLast())"], ["Cookie: x\(pair)"],
                ["Authorization: Bearer"], ["Authorization: Bearer \(studio.token)x"],
                ["Authorization: Basic \(studio.token)"],
            ] {
                let answer = studio.send("GET", "/api/session", fields: [host] + fields)
                #expect(answer.status == 401 && answer.text.contains("Open that address"), "\(fields)")
            }
            #expect(studio.send("GET", "/?token=0", fields: [host]).status == 401)
            #expect(studio.send("GET", "/?token=", fields: [host]).status == 401)
        }
    }

    @Test("names that lead here are not served under, however they are written")
    func hosts() async throws {
        try await TestStudio.serve(folder) { studio in
            let bearer = "Authorization: Bearer \(studio.token)"
            for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"] {
                #expect(
                    studio.send("GET", "/api/session", fields: ["Host: \(host):\(studio.port)", bearer]).status == 200)
            }
            for host in [
                "evil.example:\(studio.port)", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:\(studio.port)",
                "localhost:\(studio.port)@evil", "", "192.168.0.1:\(studio.port)", "[::2]:\(studio.port)",
            ] {
                #expect(studio.send("GET", "/api/session", fields: ["Host: \(host)", bearer]).status == 421, "\(host)")
            }
            #expect(studio.send("GET", "/", fields: [bearer]).status >= 400)
            let both = ["Host: \(studio.host)", "Host: evil", bearer]
            #expect(studio.send("GET", "/", fields: both).status >= 400)
        }
    }

    @Test("where all addresses are listened at, any is served under, and no name")
    func allAddresses() async throws {
        try await TestStudio.serve(folder, host: "0.0.0.0") { studio in
            let bearer = "Authorization: Bearer \(studio.token)"
            for (host, status) in [("192.168.0.1", 200), ("[fe80::1]", 200), ("evil.example", 421), ("1.2.3.400", 421)]
            {
                let fields = ["Host: \(host):\(studio.port)", bearer]
                #expect(studio.send("GET", "/api/session", fields: fields).status == status, "\(host)")
            }
        }
    }

    @Test("pages of other sites can neither ask nor change anything")
    func origins() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("human/1.wav")
            let host = "Host: \(studio.host)"
            let cookie = "Cookie: rtmedia-studio-\(studio.port)=\(studio.token)"
            func label(_ fields: [String]) -> Int {
                studio.send(
                    "PUT", "/api/recordings/\(id)/label", Array(#"{"label":"talk"}"#.utf8),
                    fields: [host, cookie] + fields
                ).status
            }
            #expect(label(["Origin: http://\(studio.host)"]) == 200)
            #expect(label(["Sec-Fetch-Site: same-origin"]) == 200)
            for fields in [
                [], ["Sec-Fetch-Site: cross-site"], ["Sec-Fetch-Site: same-site"], ["Origin: null"],
                ["Origin: http://evil.example"], ["Origin: https://\(studio.host)"], ["Origin: http://127.0.0.1:1"],
                ["Origin: http://\(studio.host)", "Origin: http://evil.example"],
                ["Origin: http://evil.example", "Sec-Fetch-Site: same-origin"],
            ] {
                #expect(label(fields) == 403, "\(fields)")
            }
            let foreign = [host, cookie, "Origin: http://evil.example"]
            #expect(studio.send("GET", "/api/session", fields: foreign).status == 403)
            #expect(studio.send("DELETE", "/api/search", fields: [host, cookie]).status == 403)
            #expect(studio.send("POST", "/api/search", fields: [host, cookie]).status == 403)
        }
    }

    @Test("a link on another site's page opens the studio, and nothing else of it")
    func links() async throws {
        try await TestStudio.serve(folder) { studio in
            let id = try studio.id("human/1.wav")
            let cookie = "Cookie: rtmedia-studio-\(studio.port)=\(studio.token)"
            func status(_ method: String, _ path: String, _ site: String) -> Int {
                studio.send(method, path, fields: ["Host: \(studio.host)", cookie, "Sec-Fetch-Site: \(site)"]).status
            }
            for site in ["cross-site", "same-site"] {
                #expect(status("GET", "/", site) == 200)
                for path in ["/api/session", "/api/recordings/\(id)/audio.wav", "/api/labels", "/page/app.js"] {
                    #expect(status("GET", path, site) == 403, "\(path)")
                }
                #expect(status("POST", "/", site) == 403)
            }
            // As browsers say it of the page's own requests, and of addresses that people type.
            for site in ["same-origin", "none"] { #expect(status("GET", "/api/session", site) == 200) }
        }
    }

    @Test("browsers are told to take nothing from elsewhere, and scripts from the page alone")
    func policy() async throws {
        try await TestStudio.serve(folder) { studio in
            let policy = try #require(studio.get("/").field("Content-Security-Policy"))
            #expect(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && policy.contains("script-src 'self' 'sha256-"))
            #expect(studio.get("/api/session").field("X-Content-Type-Options") == "nosniff")
            #expect(studio.get("/api/session").field("Cache-Control") == "no-store")
        }
    }

    @Test("no path and no name opens a file")
    func paths() async throws {
        try await TestStudio.serve(folder) { studio in
            _ = try studio.measured()
            for path in [
                "/../secret.txt", "/page/../secret.txt", "/page/..%2f..%2fsecret.txt", "/page/%2e%2e/secret.txt",
                "/api/recordings/..%2fsecret.txt/audio.wav", "/api/recordings/\(folder("secret.txt"))/audio.wav",
                "/api/recordings/r99/audio.wav", "/api/recordings/r-1/audio.wav", "/api/recordings/r01/audio.wav",
                "/api/recordings/r/audio.wav", "/api/recordings/p1/audio.wav", "/api/recordings/r1e0/detect",
                "/api/recordings/r99999999999999999999/audio.wav", "/api/prompts/r1/audio.wav", "/page/index.html%00",
                "/api/recordings/r0/none", "/api/recordings/r0", "/api", "/api/none", "//etc/passwd",
            ] {
                let answer = studio.get(path)
                #expect((400..<500).contains(answer.status) && !answer.text.contains("kept to itself"), "\(path)")
            }
            #expect(studio.get("/%zz").status == 400 && studio.get("/%ff").status == 400)
            #expect(
                studio.answer(to: Array("GET http://evil/ HTTP/1.1\r\nHost: \(studio.host)\r\n\r\n".utf8)).status >= 400
            )
            let upload = studio.send(
                "POST", "/api/recordings?name=..%2F..%2Fsecret.txt", TestSounds.caller(talk: 9).wav)
            #expect(upload.status == 201)
            let label = studio.put("/api/recordings/\(try upload.json()["id"]!.text!)/label", #"{"label":"talk"}"#)
            #expect(label.status == 200 && self.folder.names == ["calls", "secret.txt"])
        }
    }

    @Test("bodies that are too long, or no JSON, are refused, and the server goes on")
    func bodies() async throws {
        var limits = StudioLimits()
        limits.messageSize = 2000
        limits.uploadSize = 50_000
        try await TestStudio.serve(folder, limits: limits) { studio in
            let id = try studio.id("human/1.wav")
            let path = "/api/recordings/\(id)/detect"
            #expect(studio.post(path, String(repeating: " ", count: 2001)).status == 413)
            let head = "POST \(path) HTTP/1.1\r\nHost: \(studio.host)\r\nAuthorization: Bearer \(studio.token)\r\n"
            let endless =
                "\(head)Transfer-Encoding: chunked\r\n\r\n"
                + String(repeating: "400\r\n\(String(repeating: " ", count: 1024))\r\n", count: 8)
            #expect(studio.answer(to: Array(endless.utf8)).status == 413)
            #expect(studio.answer(to: Array("\(head)Content-Length: 99999999999999999999\r\n\r\n".utf8)).status >= 400)
            for body in [
                "{", "nul", "[]", "1", "\"x\"", #"{"min_ms":NaN}"#, #"{"min_ms":Infinity}"#, "\u{0}", "{}{}",
                String(repeating: "[", count: 1900),
            ] {
                #expect(studio.post(path, body).status == 400, "\(body.prefix(20))")
            }
            #expect(studio.send("POST", path, [0x7B, 0xFF, 0x7D]).status == 400)
            for body in [#"{"min_ms":0}"#, #"{"frame_ms":1e9}"#, #"{"threshold":"adaptive?"}"#, #"{"x":1}"#] {
                #expect(studio.post(path, body).status == 422, "\(body)")
            }
            #expect(studio.send("POST", "/api/recordings?name=x", [UInt8](repeating: 0, count: 50_001)).status == 413)
            #expect(studio.get("/api/session").status == 200)
        }
    }

    @Test("audio that is much longer than its bytes is refused before it fills the memory")
    func bomb() async throws {
        // A FLAC file of 3 h of silence: an hour is the most. Its frames are some bytes each.
        let folder = folder
        let made = try RunningProgram.run(
            "sox", ["-D", "-n", "-r", "8000", "-b", "16", folder("bomb.flac"), "trim", "0", "10800"])
        try #require(made.status == 0, "\(made.errors)")
        let bomb = try folder.bytes("bomb.flac")
        try await TestStudio.serve(folder) { studio in
            for path in ["/api/recordings?name=bomb.flac", "/api/prompts?name=bomb.flac"] {
                let answer = studio.send("POST", path, bomb)
                #expect(answer.status == 422 && answer.text.contains("bomb.flac"), "\(answer.text)")
            }
        }
    }

    @Test("who sends half a request is let go, and others are answered meanwhile")
    func halfRequests() async throws {
        var limits = StudioLimits()
        limits.requestTime = .milliseconds(300)
        limits.idleTime = .milliseconds(300)
        try await TestStudio.serve(folder, limits: limits) { studio in
            let head = "POST /api/judge HTTP/1.1\r\nHost: \(studio.host)\r\nAuthorization: Bearer \(studio.token)\r\n"
            let halves = ["", "GET", "GET / HTTP/1.1\r\nHost:", head, "\(head)Content-Length: 10\r\n\r\n{"]
            let connections = halves.map { half in
                let connection = RawConnection(port: studio.port)
                connection.write(half)
                return connection
            }
            #expect(studio.get("/api/session").status == 200)
            for (half, connection) in zip(halves, connections) {
                let answer = TestStudio.answer(connection.readBytes())
                #expect(answer.status == (half.hasSuffix("{") ? 408 : 0), "\(half)")
            }
            let garbage = RawConnection(port: studio.port)
            garbage.write("\u{16}\u{3}\u{1} no HTTP at all\r\n\r\n")
            #expect(TestStudio.answer(garbage.readBytes()).status == 400)
        }
    }

    @Test("more connections than there may be are closed")
    func crowd() async throws {
        var limits = StudioLimits()
        limits.connections = 4
        try await TestStudio.serve(folder, limits: limits) { studio in
            let open = (0..<4).map { _ in
                let connection = RawConnection(port: studio.port)
                connection.write(
                    "GET /api/none HTTP/1.1\r\nHost: \(studio.host)\r\nAuthorization: Bearer \(studio.token)\r\n\r\n")
                _ = connection.read(count: 12)
                return connection
            }
            #expect(RawConnection(port: studio.port).readBytes().isEmpty)
            withExtendedLifetime(open) {}
        }
    }
}
