import Foundation
import TestSupport
import Testing

/// `rtmedia validate` and `rtmedia schema`, end to end.
@Suite(.waiting) struct ValidateTests {
    let place = Workplace()

    private static let state = #""command_id":1,"variables":{}"#
    private static let good = #"{"command":"wait","params":{"wait":5},\#(state)}"#
    private static let bad =
        #"{"command":"read","params":{"media_id":"1","attempts":12,"max_digits":1,"timeout_ms":500},\#(state)}"#
    private static let odd = #"{"command":"hangup","comand_id":1,\#(state)}"#
    private static let request = #"{"callid":18446744073709551615,"call_status":"UP","variables":{"n":1e400}}"#

    /// Runs the tool on files with these contents, which are named 0, 1 ...
    private func validate(_ contents: [String], _ options: String...) throws -> Workplace.Run {
        for (number, content) in contents.enumerated() { try place.write(Array(content.utf8), to: "\(number)") }
        return try place.run("rtmedia", ["validate"] + contents.indices.map(String.init) + options)
    }

    @Test("a file that is right is ok")
    func good() throws {
        let run = try validate([Self.good])
        #expect(run.status == 0 && run.text == "0: ok\n" && run.errors.isEmpty)
    }

    @Test("what is lost of a call's state is a warning each, and exits with 0")
    func lostState() throws {
        let run = try validate([#"{"command":"hangup"}"#])
        #expect(run.status == 0 && run.errors.isEmpty)
        let lines = run.text.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("0: warning: /command_id: is missing: "))
        #expect(lines[1].hasPrefix("0: warning: /variables: is missing: "))
    }

    @Test("what the builders of the platform's SDK emit has warnings, and one error: wait without wait")
    func sdk() throws {
        let run = try validate([
            #"{"command":"conference","command_id":"label_0","params":{"auto_leave_announce":0,"auto_leave_when_alone":false,"pin_code":"","pin_error":0,"pin_max_tries":3,"pin_prompt":0,"pin_valid":0,"pin_wait":5,"user_join":0,"user_leave":0,"waiting":0,"welcome":0,"id":1234},"variables":{}}"#
                + "\n"
                + #"{"command":"dialout","command_id":"label_1","params":{"targets":[{"number":"+33612345678","timeout":3}],"cli":"BLOCKED","ringtone":"RING","whisper":0,"cdr_field":""},"variables":{}}"#
                + "\n"
                + #"{"command":"wait","command_id":"label_2","params":{"seconds":5},"variables":{}}"#
        ])
        #expect(run.status == 65)
        #expect(
            run.text == """
                0:1: warning: /params/id: 1234 is a number, as the platform's SDK documents it; the page wants a string: "1234"
                0:2: warning: /params/targets/0/timeout: 3 is under the minimum 5 s of the platform's SDK; the platform's page has no range
                0:3: error: /params/wait: is missing; it must be a whole number, 1...30 s
                0:3: warning: /params/seconds: is unknown and ignored; did you mean "wait"?

                """)
    }

    @Test("an error is named with its pointer, and exits with 65")
    func bad() throws {
        let run = try validate([Self.bad])
        #expect(run.status == 65 && run.errors.isEmpty)
        #expect(run.text == "0: error: /params/attempts: 12 is over the maximum 10\n")
    }

    @Test("a warning alone exits with 0, and --quiet leaves it out")
    func warning() throws {
        let run = try validate([Self.odd])
        #expect(run.status == 0)
        #expect(
            run.text == "0: warning: /comand_id: is unknown and ignored; did you mean \"command_id\"?\n")
        #expect(try validate([Self.odd, Self.good], "--quiet").text == "")
        let both = try validate([#"{"command":"wait","params":{"wait":99},"x":1}"#], "-q")
        #expect(both.status == 65 && both.text == "0: error: /params/wait: 99 is over the maximum 30 s\n")
    }

    @Test("standard input is read if no file is named, or -", arguments: [[], ["-"]])
    func standardInput(arguments: [String]) throws {
        try place.write(Array(Self.bad.utf8), to: "bad")
        let run = try place.run("rtmedia", ["validate"] + arguments, input: "\(place.path)/bad")
        #expect(run.status == 65)
        #expect(run.text == "standard input: error: /params/attempts: 12 is over the maximum 10\n")
        let piped = try place.shell("printf '{}' | rtmedia validate")
        #expect(piped.status == 0 && piped.text == "standard input: ok\n")
    }

    @Test("lines of JSON are messages with line numbers, blank lines among them, whatever ends them")
    func lines() throws {
        let run = try validate(["\(Self.good)\n\n\(Self.bad)\r\n{\"command\"\n\(Self.good)"])
        #expect(run.status == 65)
        #expect(
            run.text == """
                0:1: ok
                0:3: error: /params/attempts: 12 is over the maximum 10
                0:4: error: not JSON: the end of the text at byte 10
                0:5: ok

                """)
        // The first line is broken; the second says what the file is.
        #expect(
            try validate(["{\"command\"\n\(Self.good)\n"]).text == """
                0:1: error: not JSON: the end of the text at byte 10
                0:2: ok

                """)
    }

    @Test("one message may be written on many lines, be it right or broken")
    func pretty() throws {
        let text =
            "\n{\n  \"command\": \"wait\",\n  \"params\": {\n    \"wait\": 5\n  },\n  \"command_id\": 1, \"variables\": {}\n}\n"
        #expect(try validate([text]).text == "0: ok\n")
        let broken = try validate([text.replacing("5", with: "5,")])
        #expect(broken.status == 65 && broken.text == "0: error: not JSON: unexpected \"}\" at line 6, column 3\n")
    }

    @Test("--request takes requests, and no responses")
    func requests() throws {
        let run = try validate([Self.request], "--request")
        #expect(run.status == 0 && run.text == "0: ok\n")
        let other = try validate([Self.good], "--request")
        #expect(
            other.status == 65 && other.text.contains("/callid: is missing")
                && other.text.contains("/call_status: is missing"))
        #expect(try validate([Self.request]).status == 65)
    }

    @Test("--json has one object per message, with file, line, verdict and findings")
    func json() throws {
        let run = try validate(["\(Self.good)\n\(Self.bad)\n", Self.odd], "--json")
        #expect(run.status == 65)
        #expect(
            run.text == #"""
                {"file":"0","findings":[],"line":1,"ok":true}
                {"file":"0","findings":[{"message":"12 is over the maximum 10","pointer":"/params/attempts","severity":"error"}],"line":2,"ok":false}
                {"file":"1","findings":[{"message":"is unknown and ignored; did you mean \"command_id\"?","pointer":"/comand_id","severity":"warning"}],"ok":true}

                """#)
    }

    @Test(
        "a file that is missing, or a folder, exits with 66, and the others are still read",
        arguments: ["none", "/tmp"])
    func missing(name: String) throws {
        try place.write(Array(Self.bad.utf8), to: "bad")
        let run = try place.rtmedia("validate", name, "bad")
        #expect(run.status == 66 && run.text.hasPrefix("bad: error: "))
        #expect(run.errors.hasPrefix("rtmedia: \(name): can't be ") && run.errors.hasSuffix("\n"))
        let json = try place.rtmedia("validate", name, "--json")
        #expect(json.status == 66 && json.errors.isEmpty && json.text.contains(#""code":"no_input""#), "\(json.text)")
    }

    @Test(
        "what is no JSON, no object, or nothing is an error",
        arguments: [
            ("", "not JSON: the end of the text at byte 0"),
            (" \n\n", "not JSON: the end of the text at line 3, column 1"),
            ("hello", #"not JSON: unexpected "h" at byte 0"#), ("[]", "an array must be an object"),
            ("<html>\n<body>\n", #"not JSON: unexpected "<" at byte 0"#),
        ])
    func noMessage(content: String, error: String) throws {
        let run = try validate([content])
        #expect(run.status == 65 && run.text == "0: error: \(error)\n" && run.errors.isEmpty)
    }

    @Test("what is hostile is refused soon: endless input, long messages, deep nesting, bytes that terminals act on")
    func hostile() throws {
        let endless = try place.shell(
            "ulimit -v 2000000; rtmedia validate /dev/zero; echo $?; yes '' | rtmedia validate; echo $?")
        #expect(endless.text == "65\n65\n" && endless.errors.contains("/dev/zero: holds more than the "))
        let long = try place.shell(
            "ulimit -v 2000000; { echo '{}'; head -c 20M /dev/zero | tr '\\0' ' '; echo 1; } | rtmedia validate")
        #expect(long.status == 65 && long.text == "standard input:1: ok\n")
        #expect(long.errors.hasPrefix("rtmedia: standard input:2: has 20971521 bytes"))
        let numbers = try place.shell(
            "ulimit -v 2000000; { printf '{\"command\":[0'; yes ,1 | head -n 4000000 | tr -d '\\n'; printf ']}'; } | rtmedia validate"
        )
        #expect(
            numbers.status == 65
                && numbers.text.contains("error: /command: an array must be a string: the name of a command\n")
        )
        let deep = try place.shell("head -c 10M /dev/zero | tr '\\0' '[' | rtmedia validate")
        #expect(deep.text == "standard input: error: not JSON: nesting deeper than 128 at byte 128\n")
        let terminal = try validate([#"{"command":"\u001b[2J\n","\u001b]0;x":1}"#])
        #expect(!terminal.text.contains("\u{1B}") && terminal.text.split(separator: "\n").count == 4)
    }

    @Test("output that is lost exits with 74")
    func lostOutput() throws {
        try place.write(Array(Self.good.utf8), to: "0")
        for command in [["validate", "0"], ["schema"]] {
            let run = try place.run("rtmedia", command, output: "/dev/full")
            #expect(run.status == 74 && run.errors.contains("No space left on device"))
        }
    }

    @Test("the schema is one JSON object, of draft 2020-12")
    func schema() throws {
        let run = try place.rtmedia("schema")
        #expect(run.status == 0 && run.errors.isEmpty)
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect((schema["$defs"] as? [String: Any])?.count == 19)
        #expect(try place.rtmedia("schema", "x").status == 64)
    }
}
