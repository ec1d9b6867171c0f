import CallFlows
import FlowFiles
import Logging
import RealTimeAPI
import Testing

/// What names in flow files stand for, and what holds where a file says nothing.
@Suite struct FlowValueTests {
    private func host(_ file: FlowFile) throws -> FlowHost {
        FlowHost(
            file.flow, key: try JournalKey(secret: "a secret of the tests"),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// A request each of whose members has a value of its own.
    private static var request: Request {
        var request = Request()
        request.app = "APP"
        request.call = CallID(rawValue: 18_446_744_073_709_551_615)
        request.requestHash = "HASH"
        request.callerName = "Ann"
        request.callerNumber = "+33100000001"
        request.dateStarted = "2026-01-02 03:04:05"
        request.number = "+33600000002"
        request.commandID = 0
        request.customField = "CUSTOM"
        request.variables = try! JSONText(
            #"{"name":"Bob","n":1.50,"yes":true,"no":false,"nothing":null,"list":[1],"app":"other"}"#)
        return request
    }

    @Test(arguments: [
        ("app", "APP"), ("callid", "18446744073709551615"), ("cdr_field", "CUSTOM"), ("cli_name", "Ann"),
        ("cli_number", "+33100000001"), ("date_started", "2026-01-02 03:04:05"), ("number", "+33600000002"),
        ("variables.name", "Bob"), ("variables.n", "1.50"), ("variables.yes", "true"), ("variables.no", "false"),
        ("variables.nothing", ""), ("variables.list", ""), ("variables.missing", ""), ("variables.app", "other"),
        ("saved", ""),
    ])
    func `a name stands for the call's own value`(_ name: String, _ value: String) async throws {
        let yaml = """
            flow: f
            steps:
              a: { play: { say: "<${\(name)}>${\(name)}" }, next: b }
              b: { record: , save: saved }
            """
        let answer = try await host(FlowFile(text: yaml, name: "f")).respond(to: Self.request)
        #expect(answer.command == .play(Play(.speech("<\(value)>\(value)", voice: "TTS_EN-GB_SERENA"))))
    }

    @Test(arguments: [
        ("a", "a"), ("$", "$"), ("}${app}{", "}APP{"), ("$${app}", "$APP"),
        ("${app}${number}", "APP+33600000002"),
    ])
    func `only what stands in a brace is a name`(_ text: String, _ said: String) async throws {
        let yaml = "flow: f\nsteps:\n  a: { play: { say: \"\(text)\" } }\n"
        let answer = try await host(FlowFile(text: yaml, name: "f")).respond(to: Self.request)
        #expect(answer.command == .play(Play(.speech(said, voice: "TTS_EN-GB_SERENA"))))
    }

    @Test(arguments: ["nam", "variables.", "Number", "variable.name", ""])
    func `a name that stands for nothing is an error`(_ name: String) {
        #expect(throws: FlowFileError.self) {
            try FlowFile(text: "flow: f\nsteps:\n  a: { play: { say: \"${\(name)}\" } }\n", name: "f")
        }
    }

    @Test func `what a step saves is what later names stand for, over and over`() async throws {
        let yaml = """
            flow: f
            steps:
              a: { read: { say: "?" }, save: keys, next: b }
              b: { play: { say: "${keys}" }, next: a }
            """
        let host = try host(FlowFile(text: yaml, name: "f"))
        var request = Self.request
        for keys in ["12", "34"] {
            var answer = await host.respond(to: request)
            for result in [keys, "0"] {
                request.command = answer.command?.name ?? ""
                request.commandID = answer.commandID
                request.commandResult = ResultText(result)
                request.variables = answer.variables ?? request.variables
                if result == keys {
                    answer = await host.respond(to: request)
                    #expect(answer.command == .play(Play(.speech(keys, voice: "TTS_EN-GB_SERENA"))))
                }
            }
        }
    }

    private func first(_ yaml: String) async throws -> Command? {
        try await host(FlowFile(text: yaml, name: "f")).respond(to: Self.request).command
    }

    @Test func `a flow begins with the step that start names, or else with its first`() async throws {
        let steps = "steps:\n  a: { wait: 1, next: b }\n  b: { wait: 2, next: a }\n"
        #expect(try await first("flow: f\n" + steps) == .wait(Wait(.seconds(1))))
        #expect(try await first("flow: f\nstart: b\n" + steps) == .wait(Wait(.seconds(2))))
        #expect(try await first("flow: f\nstart: a\n" + steps) == .wait(Wait(.seconds(1))))
    }

    @Test func `where a file says nothing, the flow is as one in Swift`() throws {
        let file = try FlowFile(text: "flow: menu-1_A\nsteps: { a: { hangup: } }\n", name: "f")
        let other = CallFlow("menu-1_A", version: 0) { _ in }
        #expect(file.flow.name == "menu-1_A" && file.flow.version == file.contentVersion)
        #expect(file.flow.voice == other.voice && file.flow.fallback == other.fallback)
        #expect(file.flow.safeAnswer == other.safeAnswer && file.flow.filler == other.filler)
        #expect(file.flow.fillerLimit == other.fillerLimit)
        #expect(file.steps == ["a"] && file.audio == [] && file.findings == [])
    }

    @Test func `the apology is said in the file's voice`() throws {
        let file = try FlowFile(text: "flow: f\nvoice: TTS_FR-FR_AUDREY\nsteps: { a: { hangup: } }\n", name: "f")
        #expect(file.flow.voice == "TTS_FR-FR_AUDREY")
        #expect(
            file.flow.fallback == [
                .play(
                    Play(
                        .speech("Sorry, something went wrong. Please call again later.", voice: "TTS_FR-FR_AUDREY")))
            ])
    }

    @Test func `a call may come to a step 100 times unless the file says otherwise`() async throws {
        for (line, limit) in [("", 100), ("max_visits: 3\n", 3), ("max_visits: 1\n", 1)] {
            let yaml = "flow: f\n\(line)fallback: { wait: 9 }\nsteps: { a: { wait: 1, next: a } }\n"
            let host = try host(FlowFile(text: yaml, name: "f"))
            var request = Self.request
            var count = 0
            while true {
                let answer = await host.respond(to: request)
                guard answer.command == .wait(Wait(.seconds(1))) else {
                    #expect(answer.command == .wait(Wait(.seconds(9))))
                    break
                }
                count += 1
                request.command = "wait"
                request.commandID = answer.commandID
                request.commandResult = ResultText("0")
                request.variables = answer.variables ?? request.variables
            }
            #expect(count == limit)
        }
    }

    @Test(arguments: [
        ("version: 0", true), ("version: -1", false), ("max_visits: 1000", true), ("max_visits: 1001", false),
        ("max_visits: 0", false), ("filler_limit: 0", true), ("filler_limit: 1000", true),
        ("filler_limit: 1001", false),
        ("filler_limit: -1", false), ("voice: \"\"", false), ("voice: \"a|b\"", false),
    ])
    func `a file's numbers and voices have their bounds`(_ line: String, _ isAccepted: Bool) {
        let text = "flow: f\n\(line)\nsteps: { a: { hangup: } }\n"
        #expect(((try? FlowFile(text: text, name: "f")) != nil) == isAccepted)
    }

    @Test(arguments: [
        (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false), ("azAZ09-_", true),
        ("a b", false), ("é", false), ("a/b", false), ("a:b", false), ("a@b", false), ("a[b", false), ("a`b", false),
        ("a{b", false), ("a.b", false),
    ])
    func `names of flows, of steps and of what is saved are letters, digits, - and _`(_ name: String, _ isName: Bool) {
        for text in [
            "flow: \"\(name)\"\nsteps: { a: { hangup: } }\n", "flow: f\nsteps: { \"\(name)\": { hangup: } }\n",
            "flow: f\nsteps: { a: { record: , save: \"\(name)\" } }\n",
        ] { #expect(((try? FlowFile(text: text, name: "f")) != nil) == isName, "\(text)") }
    }

    @Test func `a flow has 1000 steps at most`() throws {
        func text(_ count: Int) -> String {
            let steps = (1...count).map { "  s\($0): { wait: 1\($0 < count ? ", next: s\($0 + 1)" : "") }\n" }
            return "flow: f\nsteps:\n" + steps.joined()
        }
        #expect(try FlowFile(text: text(1000), name: "f").steps.count == 1000)
        #expect(throws: FlowFileError.self) { try FlowFile(text: text(1001), name: "f") }
    }
}
