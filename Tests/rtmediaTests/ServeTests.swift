import Foundation
import Glibc
import TestSupport
import Testing

/// `rtmedia serve`, end to end: real processes, real sockets, real signals.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ServeTests {
    let place = Workplace()
    private static let root = Workplace.samples + "/../.."

    private func menu(_ text: String, version: String = "") -> String {
        "flow: menu\n\(version)steps:\n  ask: { read: { say: \(text), max_digits: 1, attempts: 1 }, next: bye }\n  bye: { play: { say: \(text) again } }\n"
    }

    @Test("the demo says hello, reads a key, plays a file, and hangs up")
    func demo() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        #expect(server.log.contains("rtmedia: serving the demo on http://127.0.0.1:\(server.port)/, to everybody\n"))
        let call = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "--keys", "7")
        #expect(call.status == 0)
        let commands = call.text.matches(of: /"command":"(\w+)"/).map { String($0.1) }
        #expect(commands == ["play", "read", "play_wav_data", "hangup"], "\(call.text)")
        #expect(try server.end() == 0)
    }

    @Test("a flow file is served, and its audio comes with it")
    func flowFile() throws {
        let server = try ServedProcess(
            ["serve", "\(Self.root)/samples/flows/age-check.yaml", "--port", "0"], in: place)
        #expect(server.log.contains("rtmedia: serving age-check (version 1, 5 steps, 1 audio file) on http://"))
        let call = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "--keys", "42#")
        #expect(call.status == 0 && call.text.contains("play_wav_data") && call.text.contains("Good bye."))
        #expect(try place.shell("curl -s http://127.0.0.1:\(server.port)/health").text == #"{"status":"ok"}"#)
        let metrics = try place.shell("curl -s http://127.0.0.1:\(server.port)/metrics").text
        #expect(metrics.contains("# TYPE rtmedia_calls_started_total counter\nrtmedia_calls_started_total 1\n"))
        #expect(metrics.contains("\nrtmedia_calls_ended_total 1\n"))
        #expect(try server.end(SIGINT) == 0)
        let ends = server.log.split(separator: "\n").filter { $0.contains("callid=") }
        #expect(ends.count == 2 && ends[0].contains("a call begins") && ends[1].contains("a call is over"))
    }

    // MARK: Check

    @Test("a flow file without findings is told with what it has")
    func checkClean() throws {
        let file = "\(Self.root)/samples/flows/voicemail.yaml"
        let run = try place.rtmedia("serve", file, "--check")
        #expect(run.status == 0 && run.errors.isEmpty)
        #expect(run.text == "\(file): no findings: voicemail (version 1, 7 steps)\n")
        let json = try place.rtmedia("serve", "\(Self.root)/samples/flows/age-check.yaml", "--check", "--json")
        #expect(json.status == 0)
        #expect(json.text.contains(#""audio":["../audio/chime.flac"]"#) && json.text.contains(#""ok":true"#))
    }

    @Test("errors in a flow file are told with their places, with 65, and it is not served")
    func checkErrors() throws {
        try place.write(
            Array("flow: f\nsteps:\n  a: { wait: 1, next: nowhere }\n  b: { play: { audio: none.wav } }\n".utf8),
            to: "bad.yaml")
        let expected = """
            bad.yaml:3:23: error: there is no step "nowhere"
            bad.yaml:4:3: error: no step leads to "b"
            bad.yaml:4:23: error: none.wav: can't be opened: No such file or directory

            """
        let check = try place.rtmedia("serve", "bad.yaml", "--check")
        #expect(check.status == 65 && check.text == expected && check.errors.isEmpty)
        let serve = try place.rtmedia("serve", "bad.yaml", "--port", "0")
        #expect(serve.status == 65 && serve.text.isEmpty && serve.errors == expected)
        let json = try place.rtmedia("serve", "bad.yaml", "--check", "--json")
        #expect(json.status == 65)
        #expect(json.text.contains(#""ok":false"#) && json.text.contains(#""column":23,"line":3,"#))
    }

    /// A letter more than a label of a name may have: whoever is asked, there is none.
    private static let noHost = String(repeating: "a", count: 64)

    @Test(
        "what can't be served is told, with its exit code",
        arguments: [
            (["nosuch.yaml"], 66, "nosuch.yaml: can't be opened: No such file or directory"),
            (["--check"], 64, "--check needs a flow file"), (["--port", "65536"], 64, "--port is 65536"),
            (["--audio", "nosuch.wav"], 66, "nosuch.wav"), (["--certificate", "c.pem"], 64, "go together"),
            (
                ["--host", "192.0.2.1", "--port", "0"], 69,
                "192.0.2.1, port 0: can't listen there: Cannot assign requested address"
            ),
            (["--host", noHost, "--port", "0"], 69, "can't listen there: \(noHost) is not known"),
        ] as [([String], Int32, String)])
    func refused(arguments: [String], status: Int32, message: String) throws {
        let run = try place.run(
            "rtmedia", ["serve"] + arguments, environment: ["RTMEDIA_SECRET": "a secret of the tests"])
        #expect(run.status == status && run.errors.contains(message))
    }

    // MARK: Reload

    @Test("SIGHUP reads the file again, and calls in progress stay with the version that they began with")
    func reload() throws {
        try place.write(Array(menu("First").utf8), to: "menu.yaml")
        let server = try ServedProcess(["serve", "menu.yaml", "--port", "0"], in: place)
        let hand = HandCall(url: "http://127.0.0.1:\(server.port)/", place: place)
        let first = try hand.begin(1)
        #expect(first.contains("|First\""))

        try place.write(Array(menu("Second").utf8), to: "menu.yaml")
        server.send(SIGHUP)
        try server.read(until: /new calls get menu/)
        #expect(try hand.report("1", 1, after: first).contains("|First again\""))
        let second = try hand.begin(2)
        #expect(second.contains("|Second\""))

        try place.write(Array("flow: menu\nsteps: { a: { plai: 1 } }".utf8), to: "menu.yaml")
        server.send(SIGHUP)
        try server.read(until: /menu.yaml:2:15: error: .*plai.*\n.*new calls still get menu/.dotMatchesNewlines())
        #expect(try hand.begin(3).contains("|Second\""))
        #expect(try hand.report("1", 2, after: second).contains("|Second again\""))
        #expect(try server.end() == 0)
    }

    @Test("a call that began with a new version goes on at an instance that has not read it yet")
    func rollingReload() throws {
        try place.write(Array(menu("First").utf8), to: "menu.yaml")
        let servers = try (0..<2).map { _ in try ServedProcess(["serve", "menu.yaml", "--port", "0"], in: place) }
        let hands = servers.map { HandCall(url: "http://127.0.0.1:\($0.port)/", place: place) }
        let old = try hands[1].begin(1)
        try place.write(Array(menu("Second").utf8), to: "menu.yaml")
        servers[0].send(SIGHUP)
        try servers[0].read(until: /new calls get menu/)
        let answer = try hands[0].begin(2)
        #expect(try hands[1].report("1", 2, after: answer).contains("|Second again\""))
        #expect(try hands[0].report("1", 1, after: old).contains("|First again\""))
        #expect(try hands[1].begin(3).contains("|Second\""))
        for server in servers { #expect(try server.end() == 0) }
        #expect(servers[1].log.contains("new calls get menu"))
    }

    @Test("a changed file that keeps its version is refused")
    func reloadSameVersion() throws {
        try place.write(Array(menu("First", version: "version: 1\n").utf8), to: "menu.yaml")
        let server = try ServedProcess(["serve", "menu.yaml", "--port", "0"], in: place)
        let hand = HandCall(url: "http://127.0.0.1:\(server.port)/", place: place)
        try place.write(Array(menu("Second", version: "version: 1\n").utf8), to: "menu.yaml")
        server.send(SIGHUP)
        try server.read(until: /menu.yaml: has changed, but is still version 1.*\n.*new calls still get/)
        #expect(try hand.begin(1).contains("|First\""))
        try place.write(Array(menu("Second", version: "version: 2\n").utf8), to: "menu.yaml")
        server.send(SIGHUP)
        try server.read(until: /new calls get menu .version 2/)
        #expect(try hand.begin(2).contains("|Second\""))
        #expect(try server.end() == 0)
    }

    // MARK: Stop

    @Test("SIGTERM answers what is in flight and takes no more, and a connection that idles does not hold it up")
    func termination() throws {
        let server = try ServedProcess(["serve", "--port", "0"], in: place)
        let idle = RawConnection(port: server.port)
        let used = RawConnection(port: server.port)
        used.write(HTTPText.get("/health"))
        let flying = RawConnection(port: server.port)
        flying.write(HTTPText.head(of: HTTPText.post(fields: ["Expect: 100-continue"])))
        // The server has read both this far, and has taken the connection that came before them.
        let goOn = "HTTP/1.1 100 Continue\r\n\r\n"
        #expect(flying.read(count: goOn.utf8.count) == goOn)
        #expect(used.read(count: 12) == "HTTP/1.1 200")
        server.send(SIGTERM)
        #expect(used.readToEnd().hasSuffix(#"{"status":"ok"}"#))
        #expect(idle.readToEnd().isEmpty)
        while RawConnection(port: server.port).isOpen { usleep(1000) }
        flying.write(HTTPText.call)
        let answer = flying.readToEnd()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK") && answer.contains(#""command":"play""#))
        let status = try server.waitForEnd()
        #expect(status == 0, "\(server.log)")
    }
}
