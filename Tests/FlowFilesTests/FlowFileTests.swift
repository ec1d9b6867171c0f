import CallFlows
import FlowFiles
import Testing

/// What a flow file may not be.
@Suite struct FlowFileTests {
    /// What is found in a file, without its name.
    private func findings(_ text: String) -> [String] {
        do throws(FlowFileError) { return try FlowFile(text: text, name: "f").findings.map(\.description) } catch {
            return error.findings.map(\.description)
        }
    }

    @Test func `all that is wrong is found at once, with its place`() {
        let text = """
            flow: my menu
            voise: TTS_EN-GB_SERENA
            max_visits: 0
            start: asc
            steps:
              ask:
                read: { say: "Press 1, ${naem}", max_digits: 30, atempts: 2 }
                save: name
                on: { 1: one, TIMOUT: bye, 2-1: bye, 1-5: bye, 5-9: nowhere, 4-6: bye }
                else: bye
              one:
                play: { audio: nosuch.flac }
                on: { TALK: bye }
                next: bye
              island: { wait: 31 }
              two: { play: 1, wait: 2 }
              none: { save: x }
              over: { hangup: , next: bye }
              bye: { play: { say: Bye., voice: TTS_EN-GB_SERINA } }
            """
        #expect(
            findings(text) == [
                #"f:1:7: error: the flow's name "my menu" must be 1...64 letters, digits, - and _"#,
                #"f:2:1: error: a flow file has no "voise"; did you mean "voice"?"#,
                "f:3:13: error: max_visits must be a whole number, 1...1000",
                #"f:4:8: error: there is no step "asc"; did you mean "ask"?"#,
                #"f:7:18: error: no step saves "naem", and a call has no such field; did you mean "name"?"#,
                "f:7:50: error: read: max_digits: 30 is over the maximum 20",
                #"f:7:54: error: read has no "atempts"; did you mean "attempts"?"#,
                #"f:9:19: error: read has no result "TIMOUT", only keys, a range of numbers as in 1-9, or TIMEOUT; did you mean "TIMEOUT"?"#,
                "f:9:32: error: the range 2-1 begins after its end",
                "f:9:52: error: the range 5-9 overlaps 1-5",
                #"f:9:57: error: there is no step "nowhere""#,
                "f:9:66: error: the range 4-6 overlaps 1-5",
                #"f:10:5: error: the step "ask" has no "else""#,
                #"f:12:20: error: nosuch.flac: can't be opened: No such file or directory"#,
                #"f:13:11: error: play has no result "TALK", only 0, 1"#,
                #"f:15:3: error: no step leads to "island""#,
                "f:15:19: error: wait: wait: 31 is over the maximum 30 s",
                #"f:16:3: error: no step leads to "two""#,
                #"f:16:19: error: the step "two" has a command already, play: each step has one"#,
                #"f:17:3: error: the step "none" has no command"#,
                #"f:17:3: error: no step leads to "none""#,
                #"f:18:3: error: no step leads to "over""#,
                "f:18:21: error: nothing follows hangup",
                #"f:19:23: warning: play: media_id: the voice "TTS_EN-GB_SERINA" is not known; did you mean "TTS_EN-GB_SERENA"?"#,
            ])
    }

    @Test(arguments: [
        (
            "read: { say: a, max_digits: 1 }", "TIMOUT: b",
            #"read has no result "TIMOUT", only keys, a range of numbers as in 1-9, or TIMEOUT; did you mean "TIMEOUT"?"#
        ),
        ("read: { say: a, max_digits: 1 }", "12: b", #"read has no result "12": max_digits is 1"#),
        ("read: { say: a, max_digits: 1 }", "0-12: b", "read has no result 12: max_digits is 1"),
        ("read: { say: a }", "2-1: b", "the range 2-1 begins after its end"),
        ("read: { say: a }", "1-5: b, 5-9: b", "the range 5-9 overlaps 1-5"),
        ("read: { say: a }", "1: nowhere", #"there is no step "nowhere""#),
        ("play: { say: a }", "TALK: b", #"play has no result "TALK", only 0, 1"#),
        (
            "wait_for_silence: { silence_ms: 100, iterations: 1, timeout: 1 }", "SILENT: b",
            #"wait_for_silence has no result "SILENT", only SILENCE, TIMEOUT; did you mean "SILENCE"?"#
        ),
    ])
    func `results that a command can't give are found`(_ command: String, _ on: String, _ message: String) {
        let text = "flow: f\nsteps:\n  a:\n    \(command)\n    on: { \(on) }\n    next: b\n  b: { hangup: }\n"
        #expect(findings(text).count == 1)
        #expect(findings(text).first?.hasSuffix("error: \(message)") == true)
        #expect(findings(text).first?.hasPrefix("f:5:") == true)
    }

    @Test(arguments: ["other ${age", "${", "${number} ${", "${ {"])
    func `a name that nothing closes is told`(_ text: String) {
        #expect(
            findings("flow: f\nsteps: { a: { play: { say: \"\(text)\" } } }\n") == [
                "f:2:28: error: ${ has no closing }; write a name as in ${number}"
            ])
    }

    @Test(arguments: [
        (
            "play_wav_data: { recording: b }",
            "error: play_wav_data can't play recording, only play can: put a play step before it"
        ),
        ("dialout: { targets: [[[[[1]]]]] }", "error: values are nested too deep here"),
    ])
    func `what a command can't have is told`(_ command: String, _ message: String) {
        let found = findings("flow: f\nsteps: { a: { \(command) } }\n")
        #expect(found.contains { $0.hasSuffix(message) }, "\(found)")
    }

    @Test func `a voice that is not as the platform's are is a warning`() {
        let found = findings("flow: f\nvoice: somebody\nsteps: { a: { hangup: } }\n")
        #expect(found.count == 1 && found[0].hasPrefix("f:2:8: warning: "), "\(found)")
    }

    @Test func `a text that is too long to be spoken is a warning`() {
        let text = String(repeating: "a", count: 16_385)
        #expect(
            findings("flow: f\nsteps: { a: { play: { say: \"\(text)\" } } }\n") == [
                "f:2:28: warning: play: media_id: the text has 16385 bytes and may not be spoken; 16384 are spoken here: divide it"
            ])
    }

    @Test func `a key's former name is told with its name now`() {
        let text = "flow: f\nhold: { wait: 1 }\nhold_limit: 7\nsteps: { a: { hangup: } }\n"
        #expect(
            findings(text) == [
                #"f:2:1: error: "hold" is called "filler" now"#,
                #"f:3:1: error: "hold_limit" is called "filler_limit" now"#,
            ])
    }

    @Test(arguments: [
        ("filler: [ { wait: 1 }, { wait: 1 } ]", "f:2:9: error: filler is one command, not a list"),
        ("filler: { hangup: }", "f:2:9: error: filler must not end the call"),
        ("filler_limit: 1001", "f:2:15: error: filler_limit must be a whole number, 0...1000"),
    ])
    func `what is no filler is told`(_ line: String, _ finding: String) {
        #expect(findings("flow: f\n\(line)\nsteps: { a: { hangup: } }\n") == [finding])
    }

    @Test(arguments: [
        ("", "f:1:1: error: is empty"),
        ("flow: [", "f:2:1: error: not YAML: while parsing a flow node did not find expected node content"),
        ("a: 1\na: 2", #"f:1:1: error: "a" appears more than once"#),
        ("- a", "f:1:1: error: a flow file must be written as \"name: value\" lines"),
        ("flow: f", "f:1:1: error: the flow has no steps: it needs steps: and at least one of them"),
        ("flow: f\nsteps: {}", "f:2:8: error: the flow has no steps"),
        (
            "flow: f\nsteps: { a: { hangup: } }\nfallback: { read: { audio: x, say: a } }",
            "f:3:28: error: fallback can't play audio: put a play step with the audio before it"
        ),
        (
            "flow: f\nsteps: { a: { hangup: } }\nfallback: { play: { say: \"${number}\" } }",
            "f:3:13: error: fallback is the same in every call and can't have ${names}"
        ),
        ("flow: f\nsteps: { a: { hangup: }, b: { hangup: } }", #"f:2:26: error: no step leads to "b""#),
        (
            "flow: f\nsteps: { a: { read: { recording: x } } }",
            "f:2:15: error: read can't play recording, only play can: put a play step before it"
        ),
        ("a: &a [1]\nb: *a", "f:1:1: error: has an alias, *a, which flow files can't: write the value out"),
        ("a: 1\n---\nb: 1", "f:2:1: error: not YAML: but found another document"),
    ])
    func `what is no flow is told`(_ text: String, _ finding: String) {
        #expect(findings(text).contains(finding), "\(findings(text))")
    }

    @Test func `hostile text neither crashes nor takes long`() {
        var laughs = "a: &a [x, x]\n"
        for (name, last) in zip("bcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxy") {
            laughs += "\(name): &\(name) [*\(last), *\(last), *\(last)]\n"
        }
        let texts = [
            laughs, laughs + "? *z\n: 1\n", String(repeating: "[", count: 200_000),
            String(repeating: "{a: ", count: 50_000), String(repeating: "- ", count: 100_000),
            String(repeating: "? ", count: 100_000),
            String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
            "steps: { a: { dialout: { targets: " + String(repeating: "[", count: 500)
                + String(repeating: "]", count: 500) + " } } }",
            String(repeating: "x", count: 300_000), "\0", "\u{feff}", "flow: \u{7}\n", "%YAML 9.9\n---\n",
            "flow: f\nsteps: { a: { [b]: c } }", "!!binary x", "steps: !a { b: !c }",
        ]
        for text in texts {
            let found = findings(text)
            #expect(found.contains { $0.contains("error: ") })
            #expect(found.allSatisfy { $0.utf8.count < 2000 } && found.count <= 200)
        }
    }

    @Test func `a file that can't be read is told`() {
        for path in ["/nosuch/flow.yaml", "/dev/zero", "/tmp"] {
            #expect(throws: FlowFileError.self) { try FlowFile.load(path: path) }
        }
    }

    @Test func `the version is the file's own, or follows from its text`() throws {
        let text = "flow: f\nsteps: { a: { hangup: } }\n"
        let versions = try [text, text, text + "# changed", "version: 7\n" + text].map {
            try FlowFile(text: $0, name: "f").flow.version
        }
        // Journals of calls in progress hold it.
        #expect(versions[0] == 21_076_947_937_182_163)
        #expect(versions[0] == versions[1] && versions[0] != versions[2] && versions[3] == 7)
    }
}
