import CallSimulation
import RealTimeAPI
import TelephonyAudio
import Testing
import YAMLFiles

/// What is said of scenario files.
@Suite(.timeLimit(.minutes(5))) struct ScenarioReaderTests {
    static let findings: [(text: String, finding: String)] = [
        ("", "f:1:1: error: is empty"),
        ("- a", "f:1:1: error: a scenario file must be written as \"name: value\" lines"),
        ("caler: []", "f:1:1: error: a scenario file has no \"caler\"; did you mean \"caller\"?"),
        ("caller: hello", "f:1:9: error: caller must be a list of at most 1000 steps, as in \"- when: asked\""),
        (
            "caller:\n  - { when: askd, press: 1 }",
            "f:2:13: error: when: \"askd\" is neither asked, listening, joined nor a command; did you mean \"asked\"?"
        ),
        (
            "caller:\n  - { after: pley, press: 1 }",
            "f:2:14: error: after: \"pley\" is neither prompt nor a command; did you mean \"play\"?"
        ),
        (
            "caller:\n  - { when: { red: a }, press: 1 }",
            "f:2:15: error: when has no \"red\"; did you mean \"read\"?"
        ),
        (
            "caller:\n  - { when: asked }",
            "f:2:5: error: a step does something: say, play, press, silent, hang_up, ends or fails"
        ),
        (
            "caller:\n  - { when: asked, at: 2, press: 1 }",
            "f:2:20: error: a step has one of at, when and after; this one has when already"
        ),
        (
            "caller:\n  - { press: 1, say: a }",
            "f:2:17: error: a step does one thing; this one does press already"
        ),
        ("caller:\n  - { press: 1, from: 2 }", "f:2:23: error: from needs play beside it"),
        (
            "caller:\n  - { fails: no route }",
            "f:2:7: error: fails needs when: and a command beside it, as in { when: play, fails: no route }"
        ),
        (
            "caller:\n  - { when: asked, ends: TIMEOUT }",
            "f:2:20: error: ends needs when: and a command beside it, as in { when: play, fails: no route }"
        ),
        ("caller:\n  - { when: play, fails: \"\" }", "f:2:26: error: fails needs the text of the error"),
        ("caller:\n  - { press: x }", "f:2:14: error: press: \"x\" must be keys, 0-9, A-D, * and #"),
        (
            "caller:\n  - press: #",
            "f:2:11: error: press: \"\" must be keys, 0-9, A-D, * and #; # and * need quotes, as in \"#\""
        ),
        (
            "caller:\n  - { at: soon, hang_up: true }",
            "f:2:11: error: at must be a number of seconds, 0...86400, as in 2.5"
        ),
        ("caller:\n  - { play: nosuch.wav }", "f:2:13: error: nosuch.wav: is not a file"),
        ("caller:\n  - { say: a, voce: b }", "f:2:15: error: a step has no \"voce\"; did you mean \"voice\"?"),
        (
            "line: { noise: wite }",
            "f:1:16: error: noise: \"wite\" is not one of white, pink, brown, hum; did you mean \"white\"?"
        ),
        ("line: { snr: 10 }", "f:1:14: error: snr needs noise beside it"),
        ("line: { level: 10 }", "f:1:16: error: level must be a number of decibels, -90...0"),
        ("line: { codec: mulaw }", "f:1:16: error: codec: \"mulaw\" is not one of alaw, ulaw; did you mean \"ulaw\"?"),
        (
            "outbound: BUZY",
            "f:1:11: error: outbound: \"BUZY\" is not one of true, false, NOANSWER, BUSY, CONGESTION, REJECTED; did you mean \"BUSY\"?"
        ),
        ("callid: -1", "f:1:9: error: callid must be a whole number, 0...18446744073709551615"),
        (
            "callees: { 33: busy }",
            "f:1:12: error: \"33\" is not a number; write it as in \"+33612345678\", with quotes"
        ),
        (
            "callees: { \"+33612345678\": bussy }",
            "f:1:28: error: \"bussy\" is not one of busy, congestion, never, rejected; did you mean \"busy\"?; a callee who answers has answers: and does:"
        ),
        (
            "callees: { \"+33612345678\": [ { when: asked, press: 1 } ] }",
            "f:1:38: error: a callee acts with when: answered, when: joined or at: a time"
        ),
        ("closes: { r: x }", "f:1:14: error: closes must be a number of seconds, 0...86400, as in 2.5"),
        ("media: nosuch", "f:1:8: error: nosuch: is not a folder"),
        ("expect:\n  - pley", "f:2:5: error: there is no command \"pley\"; did you mean \"play\"?"),
        ("expect:\n  - read: { reslt: 1 }", "f:2:13: error: read has no \"reslt\"; did you mean \"result\"?"),
        (
            "expect:\n  - read: { max_digit: 1 }",
            "f:2:13: error: read has no \"max_digit\"; did you mean \"max_digits\"?"
        ),
        (
            "expect:\n  - play: /(/",
            "f:2:11: error: the result of play: /(/: is not a regular expression; write it without slashes if it is text"
        ),
        (
            "expect: { status: HANGUPP }",
            "f:1:19: error: status: \"HANGUPP\" is not one of HANGUP, NOANSWER, CONGESTION, BUSY, REJECTED; did you mean \"HANGUP\"?"
        ),
        (
            "expect: { refused: to_late }",
            "f:1:20: error: refused: \"to_late\" is not one of unreachable, late, malformed, status, content_type, empty, response, endless"
        ),
        ("calls: {}", "f:1:8: error: calls: holds 0, allowed are 1...100"),
        ("calls: { a/b: {} }", "f:1:10: error: the call's name \"a/b\" must be 1...64 letters, digits, - and _"),
        (
            "calls: { a: {}, b: {} }\ncaller: []",
            "f:2:1: error: a scenario file with calls: has no \"caller\"; did you mean \"callees\"?"
        ),
        ("calls: { a: { callid: 5 }, b: { callid: 5 } }", "f:1:41: error: the callid 5 is another call's already"),
    ]

    @Test("What is wrong is told with its place", arguments: findings)
    func wrong(_ text: String, _ finding: String) {
        do throws(FileError) {
            _ = try CallScenario.read(text, name: "f")
            Issue.record("nothing was found")
        } catch {
            #expect(error.findings.map(\.description).contains(finding), "\(error)")
        }
    }

    /// All that a file can say.
    private static let whole = """
        scenario: All
        voice: fr
        calls:
          one:
            callid: 18446744073709551615
            app: A
            number: "+33600000001"
            cli_number: "+33600000002"
            cli_name: Ann
            cdr_field: X1
            date_started: 2026-01-02 03:04:05
            variables: { a: 1.50, b: "1", c: [true, null], d: { e: f } }
            line: { noise: pink, snr: 12.5, seed: 3, level: -30, codec: ulaw }
            caller:
              - { say: Hello, voice: de }
              - { at: 1.25, press: 12#* }
              - { when: listening, silent: 2, delay: 0 }
              - { after: { play: "... you" }, say: "a: \\"b\\"" }
              - { when: { play: Hello }, fails: no such voice }
              - { when: conference, ends: LAST_PARTICIPANT }
              - hang_up
            expect:
              commands:
                - play
                - ...
                - read: { plays: /y.u/, max_digits: 2, result: "1" }
                - dialout: { targets: [ { number: "+33600000003" } ] }
              variables: { a: 2, d: { e: ... } }
              status: HANGUP
          two: { starts: 2.5, outbound: BUSY, expect: { refused: late } }
        callees:
          "+33600000003": { rejects: 2.5 }
          "+33600000004": [ { when: joined, say: Hello } ]
        closes: { room 1: 20 }
        """

    @Test("All that a file can say is read")
    func everything() throws {
        let scenario = try CallScenario.read(Self.whole, name: "f").scenario
        #expect(scenario.calls.map(\.name) == ["one", "two"])
        let one = scenario.calls[0]
        #expect(one.id == CallID(rawValue: .max))
        #expect(one.variables.text == #"{"a":1.50,"b":"1","c":[true,null],"d":{"e":"f"}}"#)
        #expect(one.caller.line.noise == .pink)
        #expect(one.caller.line.signalToNoise == 12.5)
        #expect(one.caller.line.level == Level(dBov: -30))
        #expect(one.caller.line.codec == .ulaw)
        #expect(one.caller.steps.count == 7)
        #expect(one.caller.steps[1] == .init(.time(.milliseconds(1250)), .keys("12#*".map { DTMFKey($0)! })))
        #expect(one.caller.steps[2].delay == .zero)
        #expect(one.caller.steps[4].action == .ends(.error("no such voice")))
        #expect(one.caller.steps[5].action == .ends(.result("LAST_PARTICIPANT")))
        #expect(one.caller.steps[6] == .init(.done, .hangUp))
        #expect(one.expectation.commands?.count == 4)
        #expect(one.expectation.status == .hangup)
        #expect(scenario.calls[1].failure == .busy)
        #expect(scenario.calls[1].expectation.refusal == .late)
        #expect(scenario.callees["+33600000003"]?.answer == .rejected(after: .milliseconds(2500)))
        #expect(scenario.closings == [RoomClosing("room 1", at: .seconds(20))])
        // Written, it is the same again, but for where its lines are.
        let again = try CallScenario.read(scenario.yaml, name: "f").scenario
        #expect(again.yaml == scenario.yaml)
        #expect(again.calls[0].caller == one.caller)
        #expect(again.callees == scenario.callees)
    }

    @Test(
        "Variables are written so that they can be read again, whatever their JSON",
        arguments: [
            #"{"a":"\ud83d\ude00\u0000","\u00e9":1.50,"n":null,"":[]}"#, #"{"y":"no","~":{},"a: b":["- c",1e5,-0]}"#,
            #"{"\#(String(repeating: "k", count: 2000))":true}"#,
        ])
    func variables(_ json: String) throws {
        var scenario = CallScenario("variables")
        scenario.calls[0].variables = try JSONText(json)
        let again = try CallScenario.read(scenario.yaml, name: "f").scenario
        #expect(again.calls[0].variables.value == scenario.calls[0].variables.value)
    }

    @Test("No time for an answer is an error")
    func noPatience() throws {
        #expect(throws: FileError.self) { try CallScenario.read("scenario: a\npatience: 0\n", name: "f") }
        #expect(try CallScenario.read("scenario: a\npatience: 0.5\n", name: "f").findings.isEmpty)
    }

    @Test("A text is whole, has dots for parts, or is an expression")
    func patterns() throws {
        #expect(try TextPattern("Good bye.").matches("Good bye."))
        #expect(try !TextPattern("Good bye.").matches("Good bye. "))
        #expect(try TextPattern("Sorry, ... young.").matches("Sorry, 7 is too young."))
        #expect(try !TextPattern("Sorry, ... young.").matches("Sorry, 7 is too old."))
        #expect(try !TextPattern("aba...aba").matches("aba"))
        #expect(try TextPattern("...a...b...").matches("xaxbx"))
        #expect(try TextPattern("/^[0-9]+$/").matches("4711"))
        #expect(try !TextPattern("/^[0-9]+$/").matches("4711a"))
        #expect(throws: SimulationError.self) { try TextPattern("/[/") }
    }

    @Test("A damaged file is read or refused, and what is read can be written and read again", arguments: 0..<20)
    func damaged(_ seed: Int) throws {
        let bytes = Array(Self.whole.utf8)
        var random = SplitMix64(seed: UInt64(seed))
        var accepted = 0
        for round in 0..<100 {
            var damaged = bytes
            // Every other time no more than a letter or a digit is another one.
            if round.isMultiple(of: 2) {
                let places = bytes.indices.filter { (97...122).contains(bytes[$0]) || (48...57).contains(bytes[$0]) }
                let place = places.randomElement(using: &random)!
                damaged[place] = UInt8(ascii: (48...57).contains(bytes[place]) ? "3" : "e")
            }
            for _ in 0..<(round.isMultiple(of: 2) ? 0 : Int.random(in: 1...6, using: &random)) {
                let index = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[index] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: index)
                case 2: damaged.insert(Array(#"{}[]:,-"'#*&!|>%@\ 0"#.utf8).randomElement(using: &random)!, at: index)
                default: damaged.removeSubrange(index..<min(damaged.count, index + 20))
                }
            }
            let text = String(decoding: damaged, as: UTF8.self)
            let scenario: CallScenario
            do throws(FileError) { scenario = try CallScenario.read(text, name: "f").scenario } catch {
                #expect(error.findings.contains { $0.severity == .error })
                continue
            }
            accepted += 1
            #expect(try CallScenario.read(scenario.yaml, name: "f").scenario.yaml == scenario.yaml)
        }
        // Much of the text is names and words, of which others are as good.
        #expect(accepted >= 5)
    }
}
