import Foundation
import TestSupport
import Testing

/// What the options of `rtmedia call`, and the keys of scenarios that stand for them, do to the sound and to what the handler is
/// sent.
@Suite(.waiting, .timeLimit(.minutes(10))) struct CallOptionTests {
    let place = Workplace()

    /// How loud tones are that are made with `vol 0.3`.
    private static let loud = 0.3 * 32_768

    init() throws {
        let recipe = """
            set -e; mkdir -p lib sub/lib
            tone() { sox -D -n -r 8000 -b 16 $1 synth $2 sine $3 vol 0.3; }
            tone lib/42.flac 1 700; tone lib/421.wav 1 300; tone sub/lib/42.wav 1.5 1100; tone caller.wav 1 500; tone sub/callee.wav 2 900
            """
        let made = try place.shell(recipe)
        try #require(made.status == 0, "\(made.errors)")
    }

    private func tone(_ frequency: Int, in samples: ArraySlice<Int16>) -> Double {
        TestSound.amplitude(of: frequency, in: samples) / Self.loud
    }

    /// A line of a call's transcript in JSON.
    private struct Event: Decodable {
        let kind: String
        let leg: String
        let text: String
        let time_ms: Int
    }

    /// The events in a file.
    private func events(_ name: String) throws -> [Event] {
        try String(decoding: place.bytes(name), as: UTF8.self).split(separator: "\n").map { line in
            try JSONDecoder().decode(Event.self, from: Data(line.utf8))
        }
    }

    // MARK: What is heard

    @Test("--media is where the platform's media come from, and --audio comes from the caller when a command listens")
    func mediaAndAudio() throws {
        let steps = """
            [{"command":"play","params":{"media_id":"42"}}, {"command":"play","params":{"media_id":"43"}},
            {"command":"record","params":{"silence":1,"max_duration":10}},
            {"command":"play_record","params":{"media_file":"$result"}}]
            """
        let handler = try HandlerProgram.steps(steps)
        let run = try place.rtmedia(
            "call", handler.address, "--media", "lib", "--audio", "caller.wav", "--record", "out")
        #expect(run.status == 0 && run.errors.isEmpty)
        // Of the media that is not there, the platform says so to the handler.
        #expect(run.text.contains("\n   1.000  platform  request   UP, play: 0\n"))
        #expect(run.text.contains("\n   1.000  platform  note      the library has no media 43\n"))
        #expect(run.text.contains("\n   1.000  platform  request   UP, play: 1\n"))
        #expect(run.text.contains("\n   1.500  caller    plays     caller.wav\n"))
        let call = try TestSound(wav: place.bytes("out/call.wav"))
        let (caller, platform) = (call.channels[0], call.channels[1])
        #expect(abs(tone(700, in: platform[..<8000]) - 1) < 0.01 && tone(700, in: platform[8000..<16_000]) < 0.001)
        #expect(tone(500, in: caller[..<12_000]) < 0.001 && abs(tone(500, in: caller[12_000..<20_000]) - 1) < 0.01)
        // What was recorded begins half a second before the caller's sound.
        let replayed = try #require(run.text.firstMatch(of: #/\n +(\d+)\.(\d\d\d)  platform  request   UP, record: /#))
        let start = (Int(replayed.1)! * 1000 + Int(replayed.2)!) * 8
        #expect(tone(500, in: platform[start..<start + 4000]) < 0.001)
        #expect(abs(tone(500, in: platform[start + 4000..<start + 12_000]) - 1) < 0.01)
    }

    @Test("call.callee.wav is the leg of who answered: what was said left, what was heard right")
    func callee() throws {
        let scenario = """
            variables:
              steps:
                - command: dialout
                  params: { ringtone: RING, targets: [ { number: "+33687654321", timeout: 9 } ] }
            caller: [ { when: joined, play: ../caller.wav } ]
            callees:
              "+33687654321": { answers: 2, does: [ { when: joined, play: callee.wav }, { silent: 1 }, hang_up ] }
            """
        try place.write(Array(scenario.utf8), to: "sub/two.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.rtmedia("call", handler.address, "sub/two.yaml", "--record", "out")
        #expect(run.status == 0, "\(run.text) \(run.errors)")
        let call = try TestSound(wav: place.bytes("out/two.wav")).channels
        let callee = try TestSound(wav: place.bytes("out/two.callee.wav")).channels
        // It rings for 2 s; they are joined at once, and people react after half a second.
        #expect(call[0].count == 5500 * 8 && callee[0].count == 3500 * 8 && callee[1].count == 3500 * 8)
        #expect(TestSound.amplitude(of: 440, in: call[1][..<8000]) > 2000 && tone(440, in: callee[1][..<8000]) < 0.001)
        // The callee for two seconds, heard by the caller.
        #expect(
            abs(tone(900, in: callee[0][4000..<20_000]) - 1) < 0.01 && tone(900, in: callee[1][4000..<20_000]) < 0.001)
        #expect(abs(tone(900, in: call[1][20_000..<36_000]) - 1) < 0.02)
        // The caller for one, heard by the callee.
        #expect(
            abs(tone(500, in: call[0][20_000..<28_000]) - 1) < 0.01 && tone(500, in: callee[0][4000..<12_000]) < 0.01)
        #expect(abs(tone(500, in: callee[1][4000..<12_000]) - 1) < 0.02)
        #expect(callee[1][20_000...].allSatisfy { abs($0) <= 8 } && callee[0][20_000...].allSatisfy { abs($0) <= 8 })
        // A call that reaches nobody has no such leg.
        let nobody = try HandlerProgram.steps("[]")
        let alone = try place.rtmedia("call", nobody.address, "--record", "alone")
        #expect(alone.status == 0 && place.files.filter { $0.hasPrefix("alone/") }.count == 4)
    }

    // MARK: What the handler is sent

    @Test("--outbound is a call that the platform placed: with a request hash, and up from the start")
    func outbound() throws {
        func requests(_ options: String...) throws -> [[String: Any]] {
            let handler = try HandlerProgram.steps(#"[{"command":"wait","params":{"wait":1}}]"#)
            let run = try place.run("rtmedia", ["call", handler.address, "--json"] + options)
            #expect(run.status == 0 && run.errors.isEmpty)
            try place.write(run.output, to: "events")
            return try events("events").filter { $0.kind == "request" }.map { event in
                try #require(try JSONSerialization.jsonObject(with: Data(event.text.utf8)) as? [String: Any])
            }
        }
        let (inbound, outbound) = (try requests(), try requests("--outbound"))
        #expect(inbound.map { $0["call_status"] as? String } == ["INCOMING_CALL", "UP", "HANGUP"])
        #expect(outbound.map { $0["call_status"] as? String } == ["UP", "UP", "HANGUP"])
        #expect(inbound.allSatisfy { ($0["request_hash"] as? String ?? "").isEmpty })
        #expect(outbound.allSatisfy { ($0["request_hash"] as? String)?.wholeMatch(of: /[0-9A-Z]+/) != nil })
        // They differ in nothing else but the time, in the id.
        for (first, second) in zip(inbound, outbound) {
            let names = Set(first.keys).symmetricDifference(second.keys)
            #expect(names.isSubset(of: ["request_hash"]))
            for name in ["number", "cli_number", "cli_name", "date_started", "command", "command_result", "app"] {
                #expect("\(first[name] ?? "")" == "\(second[name] ?? "")", "\(name)")
            }
        }
    }

    // MARK: Exploration

    @Test("--max-depth, --max-calls and --stateless bound what is explored")
    func bounds() throws {
        func explore(_ mistake: String, _ options: String) throws -> (status: Int32, calls: Int, text: String) {
            let handler = try HandlerProgram.menu(mistake)
            let run = try place.shell("rtmedia call \(handler.address) --explore \(options)")
            let calls = run.text.firstMatch(of: #/(\d+) calls, \d+ requests, /#).flatMap { Int($0.1) }
            return (run.status, try #require(calls, "\(run.text) \(run.errors)"), run.text)
        }
        // The mistake is in the answer to the third command.
        let all = try explore("deep", "")
        #expect(all.status == 65 && all.text.contains("(all paths to their end)"))
        let shallow = try explore("deep", "--max-depth 1")
        #expect(shallow.status == 0 && shallow.calls < all.calls)
        #expect(
            shallow.text.contains(
                "no findings so far (2 paths are longer, 0 were not tried; see --max-depth, --max-calls)"))
        for count in [1, 7] {
            let few = try explore("deep", "--max-calls \(count)")
            #expect(few.status == 0 && few.calls == count && !few.text.contains(" 0 were not tried"), "\(few.text)")
        }
        // Who presses nothing comes to the same place with the same variables.
        let every = try explore("endless", "--max-depth 3")
        let once = try explore("endless", "--max-depth 3 --stateless")
        #expect(every.status == 65 && once.status == 65 && once.calls < every.calls / 2 + 1)
        func findings(_ text: String) -> [Substring] { text.split(separator: "\n").dropLast() }
        #expect(findings(every.text) == findings(once.text))
        #expect(!every.text.contains("(all paths to their end)") && once.text.contains("(all paths to their end)"))
    }

    // MARK: Scenarios

    @Test("steps wait for a command to begin or to end, for any or for the one that plays a text")
    func commands() throws {
        let scenario = """
            variables:
              steps:
                - { command: play, params: { media_id: "TTS|TTS_EN-GB_DANIEL|This is the first one." } }
                - { command: play, params: { media_id: "TTS|TTS_EN-GB_DANIEL|This is the second one." } }
                - { command: play, params: { media_id: "42" } }
                - { command: wait, params: { wait: 5 } }
            caller:
              - { when: { play: "... second ..." }, press: 1 }
              - { after: play, press: 2 }
              - { after: { play: 42 }, delay: 1, press: 3 }
              - { when: wait, delay: 3, press: 4 }
            """
        // The second one waits for the first: for the end of the second play. Those behind it come when what they wait for does.
        try place.write(Array(scenario.utf8), to: "a.yaml")
        let handler = try HandlerProgram.steps()
        let run = try place.rtmedia("call", handler.address, "a.yaml", "--media", "lib", "--record", "out")
        #expect(run.status == 0, "\(run.text) \(run.errors)")
        let events = try events("out/a.jsonl")
        let begun = events.filter { $0.leg == "platform" && $0.kind == "plays" }.map(\.time_ms)
        let ended = events.filter { $0.kind == "request" }.map(\.time_ms).dropFirst()
        let pressed = events.filter { $0.leg == "caller" && $0.kind == "presses" }
        try #require(begun.count == 3 && ended.count == 5)
        #expect(pressed.map(\.text) == ["1", "2", "3", "4"])
        #expect(
            pressed.map(\.time_ms) == [
                begun[1] + 500, ended[2] + 500, ended[3] + 1000, ended[3] + 3000,
            ])
        #expect(ended[3] - begun[2] == 1000)
    }

    @Test("media: is the library beside the scenario, and voice: speaks for the caller")
    func mediaAndVoice() throws {
        let text = "Good morning to everybody"
        func heard(_ voice: String) throws -> TestSound {
            let scenario = """
                voice: \(voice)
                media: lib
                variables: { steps: [ { command: play, params: { media_id: "42" } }, { command: wait, params: { wait: 4 } } ] }
                caller: [ { at: 2, say: \(text) }, { at: 4, say: Yes, voice: de } ]
                """
            try place.write(Array(scenario.utf8), to: "sub/\(voice).yaml")
            let handler = try HandlerProgram.steps()
            let run = try place.rtmedia(
                "call", handler.address, "sub/\(voice).yaml", "--media", "lib", "--record", "out")
            #expect(run.status == 0, "\(run.text) \(run.errors)")
            return try TestSound(wav: place.bytes("out/\(voice).wav"))
        }
        /// The correlation with what `say` says.
        func likeness(_ samples: ArraySlice<Int16>, _ text: String, _ voice: String) throws -> Double {
            let run = try place.rtmedia("say", text, "--voice", voice, "-o", "said.wav", "--force", "-q")
            #expect(run.status == 0)
            var (product, first, second) = (0.0, 0.0, 0.0)
            for (one, other) in zip(samples, try TestSound(wav: place.bytes("said.wav")).samples) {
                product += Double(one) * Double(other)
                first += Double(one) * Double(one)
                second += Double(other) * Double(other)
            }
            return product / (first * second).squareRoot()
        }
        for (voice, other) in [("fr", "en"), ("en", "fr")] {
            let call = try heard(voice)
            // The scenario's own library: a second and a half of 1100 Hz, not one of 700.
            #expect(abs(tone(1100, in: call.channels[1][..<12_000]) - 1) < 0.01)
            #expect(tone(700, in: call.channels[1][..<8000]) < 0.01)
            #expect(try likeness(call.channels[0][16_000..<32_000], text, voice) > 0.99)
            #expect(try abs(likeness(call.channels[0][16_000..<32_000], text, other)) < 0.5)
            // A step's own voice.
            #expect(try likeness(call.channels[0][32_000...], "Yes", "de") > 0.99)
        }
    }

    #if TLS
        // MARK: TLS

        @Test("--ca-file trusts who that has signed, --insecure anybody, and without them the system decides")
        func certificates() throws {
            for name in ["a", "b"] {
                let made = try place.shell(
                    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout \(name).key -out \(name).pem"
                )
                try #require(made.status == 0, "\(made.errors)")
            }
            let handler = try HandlerProgram.menu(certificate: ["\(place.path)/a.pem", "\(place.path)/a.key"])
            func call(_ host: String, _ options: String) throws -> (status: Int32, said: String) {
                let run = try place.shell("rtmedia call https://\(host):\(handler.port)/ \(options)")
                return (run.status, run.text + run.errors)
            }
            let nobody = "no trusted authority has signed the certificate of localhost:\(handler.port)"
            for options in [
                "--ca-file a.pem", "--insecure", "--ca-file a.pem --calls 2", "--insecure --explore --max-depth 1",
            ] {
                let (status, said) = try call("localhost", options)
                #expect(status == 0, "\(options): \(said)")
            }
            for options in [
                "", "--ca-file b.pem", "--ca-file b.pem --calls 2", "--explore", "--ca-file b.pem --faults",
            ] {
                let (status, said) = try call("localhost", options)
                #expect(status == 69 && said.contains(nobody), "\(options): \(said)")
            }
            let other = try call("127.0.0.1", "--ca-file a.pem")
            #expect(other.status == 69 && other.said.contains("is for another host"))
            #expect(try call("127.0.0.1", "--insecure").status == 0)
            // Both are in one file.
            try #require(try place.shell("cat b.pem a.pem > both.pem").status == 0)
            #expect(try call("localhost", "--ca-file both.pem").status == 0)
        }
    #endif
}
