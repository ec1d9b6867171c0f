import Foundation
import TestSupport
import Testing

/// What `rtmedia serve` looks up for a flow file, from real servers.
@Suite(.waitingForTime, .timeLimit(.minutes(10))) struct ServeLookupTests {
    let place = Workplace()

    /// A flow that asks a server how it is, and says so.
    private func flow(_ address: String, _ more: String = "") -> String {
        """
        flow: look
        steps:
          ask:
            get: \(address)
            save: server
            \(more)
            next: tell
            error: broken
          tell: { play: { say: "It is ${server.status}." } }
          broken: { play: { say: It is broken. } }
        """
    }

    /// What a call of a flow hears first.
    private func heard(_ flow: String, _ options: String...) throws -> String {
        try place.write(Array(flow.utf8), to: "look.yaml")
        let server = try ServedProcess(["serve", "look.yaml", "--port", "0"] + options, in: place)
        let answer = try HandCall(url: "http://127.0.0.1:\(server.port)/", place: place).begin(1)
        #expect(try server.end() == 0)
        return answer.firstMatch(of: /\|([^|"]*)"/).map { String($0.1) } ?? answer
    }

    @Test("an answer is said, and where nobody answers, the step's error follows")
    func plain() throws {
        let other = try ServedProcess(["serve", "--port", "0"], in: place)
        #expect(try heard(flow("http://127.0.0.1:\(other.port)/health")) == "It is ok.")
        #expect(try heard(flow("http://localhost:\(other.port)/nosuch")) == "It is broken.")
        #expect(try heard(flow("http://localhost:\(other.port)/nosuch", "on: { status 404: tell }")) == "It is .")
        #expect(try other.end() == 0)
        #expect(try heard(flow("http://127.0.0.1:\(RefusingPort().number)/")) == "It is broken.")
    }

    @Test("a flow hands over what a caller has entered")
    func post() throws {
        let other = try ServedProcess(["serve", "--port", "0"], in: place)
        let yaml = """
            flow: hand
            steps:
              ask: { read: { say: "Number?" }, save: keys, next: hand }
              hand:
                post: http://127.0.0.1:\(other.port)/
                body: { callid: 7, call_status: UP, variables: { from: "${keys}" } }
                save: answer
                next: tell
              tell: { play: { say: "${answer.command} ${answer.variables.from}" } }
            """
        try place.write(Array(yaml.utf8), to: "hand.yaml")
        let server = try ServedProcess(["serve", "hand.yaml", "--port", "0"], in: place)
        let hand = HandCall(url: "http://127.0.0.1:\(server.port)/", place: place)
        let first = try hand.begin(1)
        #expect(try hand.report("4711", 1, after: first).contains("|play 4711\""))
        #expect(try server.end() == 0)
        #expect(try other.end() == 0)
        #expect(other.log.contains("callid=7 ") && !server.log.contains("4711"))
    }

    @Test("a look-up that takes longer than an answer may has the platform wait, and ends by its timeout")
    func slow() throws {
        // A server that takes a connection, and says nothing.
        let silent = try place.start(
            "/usr/bin/env",
            [
                "python3", "-u", "-c",
                "import socket; s=socket.create_server(('127.0.0.1',0)); print(s.getsockname()[1]); c=[s.accept() for _ in range(9)]",
            ])
        let port = try #require(Int(try silent.read(until: /([0-9]+)\n/).1))
        try place.write(Array(flow("http://127.0.0.1:\(port)/", "timeout: 5").utf8), to: "look.yaml")
        let server = try ServedProcess(["serve", "look.yaml", "--port", "0"], in: place)
        let hand = HandCall(url: "http://127.0.0.1:\(server.port)/", place: place)
        let first = try hand.begin(1)
        #expect(first.contains(#""command":"wait""#))
        #expect(try hand.report("0", 1, after: first).contains("It is broken."))
        #expect(try server.end() == 0)
    }

    @Test("--mock-lookups asks nobody: the call says what is answered")
    func mocked() throws {
        let other = try ServedProcess(["serve", "--port", "0"], in: place)
        let address = "http://127.0.0.1:\(other.port)/health"
        try place.write(Array(flow(address).utf8), to: "look.yaml")
        let scenario = """
            scenario: A mocked answer
            variables: { lookups: { "GET \(address)": { status: mocked } } }
            expect:
              commands:
                - play: { plays: It is mocked. }
              variables: { server: { status: mocked } }
            """
        try place.write(Array(scenario.utf8), to: "scenario.yaml")
        for (options, status) in [(["--mock-lookups"], 0), ([], 1)] as [([String], Int32)] {
            let server = try ServedProcess(["serve", "look.yaml", "--port", "0"] + options, in: place)
            let run = try place.rtmedia("call", "http://127.0.0.1:\(server.port)/", "scenario.yaml")
            #expect(run.status == status, "\(run.text)")
            #expect(run.text.contains("It is ok.") == (status == 1))
            #expect(try server.end() == 0)
        }
        #expect(try other.end() == 0)
        let run = try place.rtmedia("serve", "look.yaml", "--mock-lookups", "--lookup-ca-file", "c.pem")
        #expect(run.status == 64 && run.errors.contains("--mock-lookups makes none"))
    }

    #if TLS
        @Test("a certificate that nobody trusted has signed is no answer, nor is one for another host")
        func certificates() throws {
            for (name, host) in [("right", "localhost"), ("wrong", "example.com")] {
                let made = try place.shell(
                    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=\(host) -addext subjectAltName=DNS:\(host) -keyout \(name).key -out \(name).pem"
                )
                #expect(made.status == 0)
                let other = try ServedProcess(
                    ["serve", "--port", "0", "--certificate", "\(name).pem", "--key", "\(name).key"], in: place)
                let flow = flow("https://localhost:\(other.port)/health")
                #expect(try heard(flow) == "It is broken.")
                #expect(
                    try heard(flow, "--lookup-ca-file", "\(name).pem")
                        == (name == "right" ? "It is ok." : "It is broken."))
                #expect(try other.end() == 0)
            }
            let run = try place.rtmedia("serve", "look.yaml", "--lookup-ca-file", "nosuch.pem")
            #expect(run.status == 78 && run.errors.hasPrefix("rtmedia: nosuch.pem: "))
        }
    #endif
}
