import Foundation
import TestSupport
import Testing

/// `rtmedia call`, end to end, with handlers that are programs of their own.
@Suite(.waiting, .timeLimit(.minutes(15))) struct CallTests {
    let place = Workplace()

    /// Calls a handler that answers with the steps; see `handler.py`.
    private func call(_ steps: String, _ arguments: String...) throws -> Workplace.Run {
        let handler = try HandlerProgram.steps(steps)
        return try place.run("rtmedia", ["call", handler.address] + arguments)
    }

    @Test("a caller who speaks and presses keys is heard, and the call is left as text, JSON, two channels and labels")
    func wholeCall() throws {
        let read = #"{"command":"read","params":{"media_id":"TTS|TTS_FR-FR_AUDREY|Appuyez","timeout_ms":2000}}"#
        let record = #"{"command":"record","params":{"silence":2,"max_duration":20}}"#
        let run = try call(
            "[\(read),\(record)]", "--say", "Bonjour", "--keys", "12#", "--callid", "421889", "--record",
            "\(place.path)/out")
        #expect(run.status == 0)
        #expect(try !place.bytes("out/call.record-421889-1.wav").isEmpty)
        #expect(run.text.contains("UP, read: 12\n"))
        #expect(run.text.contains("UP, record: record-421889-1\n"))
        #expect(run.text.contains("caller    says      \"Bonjour\"\n"))
        #expect(try place.bytes("out/call.wav")[22] == 2)
        #expect(try place.bytes("out/call.txt") == run.output)
        let lines = String(decoding: try place.bytes("out/call.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == run.text.split(separator: "\n").count)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        let labels = String(decoding: try place.bytes("out/call.labels.txt"), as: UTF8.self).split(separator: "\n")
        #expect(labels.allSatisfy { $0.split(separator: "\t").count == 3 })
        #expect(labels.contains { $0.hasSuffix("\trecord -> record-421889-1") })
    }

    @Test(
        "a WAV file that ends after its header, or in it, is judged with one text",
        arguments: [
            (36, "is a WAV file without audio: it ends after its header"),
            (30, "is a WAV file whose format chunk is too short"),
            (12, "is a WAV file without a format; its header is damaged"),
        ])
    func cutWAV(length: Int, text: String) throws {
        try place.copy("chime.wav")
        #expect(try place.rtmedia("convert", "chime.wav", "-o", "8k.wav", "--quiet").status == 0)
        try place.write(Array(try place.bytes("8k.wav").prefix(length)), to: "cut.wav")
        let data = Data(try place.bytes("cut.wav")).base64EncodedString()
        let answer = #"{"command":"play_wav_data","command_id":1,"params":{"audio_data":"\#(data)"},"variables":{}}"#
        try place.write(Array(answer.utf8), to: "answer.json")
        let inspected = try place.rtmedia("inspect", "cut.wav")
        #expect(inspected.status == 65 && (inspected.text + inspected.errors).contains(text), "\(inspected.errors)")
        let validated = try place.rtmedia("validate", "answer.json")
        #expect(
            validated.status == 65 && (validated.text + validated.errors).contains("it \(text)"), "\(validated.text)")
        let called = try call("[\(answer)]")
        #expect(called.status == 65 && called.text.contains("it \(text)"), "\(called.text)")
    }

    @Test("a regular expression that takes too long is an error of its scenario, and the next one is run")
    func slowPattern() throws {
        let step =
            #"{ command: play, command_id: 1, params: { media_id: "TTS|TTS_EN-GB_SERENA|\#(String(repeating: "a", count: 60))!" } }"#
        try place.write(
            Array("variables: { steps: [ \(step) ] }\nexpect: [ { play: { plays: \"/(a+)+$/\" } } ]\n".utf8),
            to: "a.yaml")
        try place.write(
            Array(
                "variables: { steps: [ \(step) ] }\ncaller: [ { when: { play: \"/(a|aa)+$/\" }, press: 1 } ]\n".utf8),
            to: "b.yaml")
        try place.write(Array("expect: []\n".utf8), to: "c.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.run("rtmedia", ["call", handler.address, "a.yaml", "b.yaml", "c.yaml"])
        #expect(run.status == 65)
        for line in [
            "rtmedia: a.yaml: /(a+)+$/: takes longer than 2 s", "rtmedia: b.yaml: /(a|aa)+$/: takes longer than 2 s",
        ] {
            #expect(run.errors.contains(line), "\(run.errors)")
        }
        #expect(run.text.contains("c.yaml: ok"), "\(run.text)")
    }

    @Test("each call has an id of its own, unless it is given")
    func ids() throws {
        let ids = try ["--json", "--json", "--json --callid 7"].map { options in
            let handler = try HandlerProgram.steps("[]")
            let run = try place.shell("rtmedia call \(handler.address) \(options)")
            #expect(run.status == 0)
            return run.text.split(separator: "callid\\\":").dropFirst().first?.prefix { $0.isNumber }
        }
        #expect(ids[0] != nil && ids[1] != nil && ids[0] != ids[1] && ids[2] == "7")
    }

    @Test("what the platform refuses is told, with 65")
    func refused() throws {
        let run = try call(#"[{"command":"wait","params":{"wait":31}}]"#)
        #expect(run.status == 65)
        #expect(run.text.contains("error: /params/wait: 31 is over the maximum 30"))
    }

    @Test("what a call is sent, and how patient the platform is, are options of every kind of call")
    func options() throws {
        let handler = try HandlerProgram.steps(
            #"[{"wrong":{"status":503}},{"command":"wait","command_id":1,"params":{"wait":1},"variables":{}}]"#)
        try place.write(Array("me:secret\n".utf8), to: "login")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(place.path)/login")
        let run = try place.run(
            "rtmedia",
            [
                "call", handler.address, "--app", "A1", "--number", "+331", "--cli-number", "+332", "--cli-name", "Ann",
                "--cdr-field", "X1", "--variables", #"{"a":1.50}"#, "--credentials", "login", "--patience", "60",
                "--retries", "1", "--json",
            ])
        #expect(run.status == 0, "\(run.errors)")
        let text = run.text.replacing("\\\"", with: "\"")
        for member in [
            #""app":"A1""#, #""number":"+331""#, #""cli_number":"+332""#, #""cli_name":"Ann""#, #""cdr_field":"X1""#,
            #""variables":{"a":1.50}"#, #""answer_ms":"#, "the status is 503; asks again, 1 of 1",
        ] {
            #expect(text.contains(member), "\(member) in \(run.text)")
        }
        for (options, message) in [
            ("--variables [1]", "is no JSON object"), ("--variables {", "is not JSON"),
            ("--patience 0", "must be over 0"),
            ("--retries 11", "must lie in 0...10"),
        ] {
            let wrong = try place.shell("rtmedia call http://127.0.0.1:1/ \(options)")
            #expect(wrong.status == 64 && wrong.errors.contains(message), "\(wrong.errors)")
        }
        #expect(try place.shell("rtmedia call http://127.0.0.1:1/ --credentials none").status == 78)
    }

    @Test("a call that is interrupted is left as it was until then, with 130")
    func interrupted() throws {
        let handler = try HandlerProgram.steps(
            #"[{"command":"wait","params":{"wait":2}},{"wrong":{"interrupt":"\#(place.path)/pid","delay":3600}}]"#)
        let run = try place.shell(
            "echo $$ > pid; exec rtmedia call \(handler.address) --patience 3600 --record out")
        #expect(run.status == 130)
        #expect(run.text.hasSuffix("   2.000  platform  note      was interrupted\n"), "\(run.text)")
        #expect(try place.bytes("out/call.txt") == run.output)
        // Two seconds of two channels.
        #expect(try place.bytes("out/call.wav").count == 44 + 2 * 2 * 16_000)
    }

    @Test("a row of keys that takes days to send is heard until the caller hangs up, in little memory")
    func manyKeys() throws {
        let digits = String(repeating: "1", count: 100_000)
        let send = #"{"command":"send_dtmf","params":{"digits":"\#(digits)","duration_ms":5000,"timeout_ms":10000}}"#
        let handler = try HandlerProgram.steps()
        try place.write(Array("variables: { steps: [ \(send) ] }\nexpect: [ send_dtmf ]\n".utf8), to: "keys.yaml")
        let run = try place.shell("ulimit -v 4000000; rtmedia call \(handler.address) keys.yaml")
        #expect(run.status == 0, "\(run.text.prefix(500)) \(run.errors.prefix(500))")
        #expect(run.text.hasSuffix("(1 command, 600.0 s of call)\n"))
    }

    @Test(
        "what nobody here can speak for is spoken by another, and said to be",
        arguments: [("TTS_GL-ES_CARMELA", "no local voice speaks gl"), ("X", "is not a voice")])
    func unknownVoice(name: String, reason: String) throws {
        let play = #"{"command":"play","params":{"media_id":"TTS|\#(name)|Ola"}}"#
        let run = try call("[\(play)]")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.text.contains("platform  note      \"\(name)\": \(reason)"))
        #expect(run.text.contains("; en speaks instead\n"))
        #expect(run.text.contains("UP, play: 0\n"))
        // The text that is spoken takes its time.
        #expect(run.text.split(separator: "\n").last?.contains(" 0.000 ") == false)
        let many = try call("[\(play)]", "--calls", "3")
        #expect(many.status == 0 && many.text.hasPrefix("3 calls in "), "\(many.errors)")
    }

    @Test("the caller's own voice is told once if there is none")
    func unknownCallersVoice() throws {
        let run = try call("[]", "--say", "Hello", "--voice", "TTS_GL-ES_CARMELA")
        #expect(run.errors.hasPrefix("rtmedia: \"TTS_GL-ES_CARMELA\": no local voice speaks gl"))
        #expect(run.output.isEmpty)
    }

    @Test("a URL that is none is told, with 64", arguments: ["ftp://a/", "127.0.0.1", "http://:80/", "http://a:0/"])
    func address(text: String) throws {
        let run = try place.run("rtmedia", ["call", text])
        #expect(run.status == 64)
        #expect(run.errors.contains(text))
    }

    @Test("nobody at the address is told in the transcript, with 69")
    func unreachable() throws {
        let port = try RefusingPort()
        let run = try place.run("rtmedia", ["call", "http://127.0.0.1:\(port.number)/"])
        #expect(run.status == 69)
        #expect(run.text.hasSuffix("was refused: is the handler running?\n"))
    }

    @Test(
        "what is needed for a call is looked at before it is placed",
        arguments: [
            (["--ca-file", "nosuch.pem"], 66, "nosuch.pem: can't be opened: No such file or directory"),
            (["--ca-file", "text.pem"], 65, "text.pem: holds no certificates, or not as PEM"),
            (["--media", "nosuch"], 66, "nosuch: is not a folder"),
            (["--media", "text.pem"], 66, "text.pem: is not a folder"),
        ])
    func missing(_ options: [String], _ status: Int32, _ message: String) throws {
        try place.write(Array("no certificate\n".utf8), to: "text.pem")
        let run = try place.run("rtmedia", ["call", "https://127.0.0.1:1/"] + options)
        #expect(run.status == status)
        #expect(run.errors == "rtmedia: \(message)\n")
        #expect(run.output.isEmpty)
    }

    @Test(
        "what the caller needs has the exit codes of the commands that make it",
        arguments: [
            ("--audio nosuch.wav", 66), ("--audio text.wav", 65), ("--say a --voice TTS_GL-ES_CARMELA", 65),
            ("--hang-up-after -1", 64), ("--hang-up-after 86401", 64), ("nosuch.yaml", 66),
            ("nosuch.yaml --calls 2", 66), ("text.yaml nosuch.yaml", 65),
        ])
    func exitCodes(options: String, status: Int32) throws {
        try place.write(Array("text\n".utf8), to: "text.wav")
        try place.write(Array("text\n".utf8), to: "text.yaml")
        let run = try place.shell("rtmedia call http://127.0.0.1:1/ \(options)")
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.isEmpty)
    }

    @Test("an answer that is cut is seen to be")
    func longAnswer() throws {
        let digits = String(repeating: "1", count: 3000)
        let run = try call(#"[{"command":"send_dtmf","params":{"digits":"\#(digits)"}}]"#, "--hang-up-after", "1")
        let line = try #require(run.text.split(separator: "\n").first { $0.contains("  answer    {\"command") })
        #expect(line.contains("1...  (") && line.hasSuffix(" ms)") && line.count < 220)
        let json = try call(
            #"[{"command":"send_dtmf","params":{"digits":"\#(digits)"}}]"#, "--hang-up-after", "1", "--json")
        #expect(json.text.contains(#"1...","#) || json.text.contains(#"1..."}"#))
    }

    @Test(
        "files in the way are told before a call is placed, with 73",
        arguments: [
            ("--record out", "out/call.wav"), ("--record out a.yaml", "out/a.txt"), ("--junit j.xml a.yaml", "j.xml"),
            ("--explore --record out", "out/finding-1.yaml"),
        ])
    func filesInTheWay(options: String, file: String) throws {
        try place.write(Array("expect: []\n".utf8), to: "a.yaml")
        try place.write([1], to: file)
        // Nobody is there: a call would say so.
        let run = try place.shell("rtmedia call http://127.0.0.1:1/ \(options)")
        #expect(run.status == 73)
        #expect(run.output.isEmpty)
        #expect(run.errors == "rtmedia: \(file): exists already; --force replaces it\n")
        #expect(try place.shell("rtmedia call http://127.0.0.1:1/ \(options) --force").status != 73)
    }

    @Test("without the speech engine, what is missing is told, with 69")
    func noEngine() throws {
        // Beside copies there is no worker.
        let copies = "mkdir alone; cp $(which rtmedia) $(which rtmedia-full) alone/"
        let run = try place.shell("\(copies); alone/rtmedia call http://127.0.0.1:1/ --say Hello")
        #expect(run.status == 69)
        #expect(run.output.isEmpty && run.errors.contains("rtmedia-speech"), "\(run.errors)")
    }

    // MARK: Scenarios

    private func write(_ text: String, _ name: String) throws {
        let path = "\(place.path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    private let passing = """
        scenario: It waits
        variables: { steps: [ { command: wait, command_id: 1, params: { wait: 1 } } ] }
        expect:
          - wait: 0

        """

    @Test("the sample for the demo passes against the demo")
    func demo() throws {
        let sample = URL(filePath: Workplace.samples).deletingLastPathComponent().appending(path: "calls/demo.yaml")
            .path
        let handler = try HandlerProgram.demo("\(Workplace.products)/rtmedia", state: place.path)
        // Twice: a server that runs takes any number of calls.
        for _ in 1...2 {
            let run = try place.run("rtmedia", ["call", handler.address, sample])
            #expect(run.status == 0, "\(run.text) \(run.errors)")
            #expect(run.text == "\(sample): ok: The caller presses a key (4 commands, 2.58 s of call)\n")
        }
    }

    @Test("scenarios are run one after another, each is told, and the sum decides on the exit code")
    func several() throws {
        try write(passing, "calls/a/good.yaml")
        try write(passing.replacing("wait: 0", with: "wait: 1"), "calls/bad.yml")
        try write("is no scenario", "calls/notes.txt")
        let handler = try HandlerProgram.steps()
        let run = try place.run(
            "rtmedia", ["call", handler.address, "calls", "--junit", "ci/calls.xml", "--record", "out"])
        #expect(run.status == 1)
        #expect(
            run.text == """
                calls/a/good.yaml: ok: It waits (1 command, 1.0 s of call)
                calls/bad.yml: FAILED: It waits: 1 difference
                     0.000 s  - wait result 1  (calls/bad.yml:4)
                              + wait result 0

                """)
        #expect(run.errors.hasPrefix("1 passed, 1 failed in "))
        let junit = String(decoding: try place.bytes("ci/calls.xml"), as: UTF8.self)
        #expect(junit.contains(#"<testsuites tests="2" failures="1" errors="0""#))
        #expect(try place.run("python3", ["-c", "import xml.dom.minidom as m; m.parse('ci/calls.xml')"]).status == 0)
        for name in ["a/good", "bad"] {
            for ending in ["txt", "jsonl", "wav", "labels.txt"] {
                #expect(try !place.bytes("out/\(name).\(ending)").isEmpty)
            }
        }
        let quiet = try place.run("rtmedia", ["call", handler.address, "calls/a", "--quiet"])
        #expect(quiet.status == 0 && quiet.text.isEmpty && quiet.errors.isEmpty)
    }

    @Test("a file with errors is told with their places, with 65, and the others are run")
    func errors() throws {
        try write(passing, "good.yaml")
        try write("expect:\n  - pley\n", "wrong.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.run(
            "rtmedia", ["call", handler.address, "wrong.yaml", "nosuch.yaml", "good.yaml", "--junit", "calls.xml"])
        #expect(run.status == 65)
        #expect(run.text == "good.yaml: ok: It waits (1 command, 1.0 s of call)\n")
        #expect(run.errors.contains("wrong.yaml:2:5: error: there is no command \"pley\"; did you mean \"play\"?\n"))
        #expect(run.errors.contains("rtmedia: nosuch.yaml: can't be opened: No such file or directory\n"))
        #expect(run.errors.contains("1 passed, 2 could not be run in "))
        #expect(String(decoding: try place.bytes("calls.xml"), as: UTF8.self).contains(#"errors="2""#))
    }

    @Test("JSON has each event, and what became of each scenario")
    func json() throws {
        try write(passing, "good.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.run("rtmedia", ["call", handler.address, "good.yaml", "--json"])
        let records = try run.text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(records.dropLast().allSatisfy { $0["kind"] is String && $0["file"] as? String == "good.yaml" })
        #expect(records.last?["passed"] as? Bool == true)
        #expect(records.last?["scenario"] as? String == "It waits")
    }

    @Test("two calls of one scenario are recorded apart")
    func recordedApart() throws {
        let room = "variables: { steps: [ { command: conference, params: { id: r } } ] }"
        let leave = "caller: [ { when: joined, press: \"*\" } ]"
        try write("calls:\n  ann: { \(room), \(leave) }\n  bob: { \(room), \(leave) }\n", "two.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.run("rtmedia", ["call", handler.address, "two.yaml", "--record", "out"])
        #expect(run.status == 0)
        #expect(try !place.bytes("out/two-ann.wav").isEmpty && !place.bytes("out/two-bob.wav").isEmpty)
    }

    @Test(
        "options that a scenario does not go with are told, with 64",
        arguments: [
            ["s.yaml", "--say", "a"], ["s.yaml", "--keys", "1"], ["s.yaml", "--outbound"], ["--junit", "a.xml"],
        ])
    func usage(_ arguments: [String]) throws {
        #expect(try place.run("rtmedia", ["call", "http://127.0.0.1:1/"] + arguments).status == 64)
    }
}
