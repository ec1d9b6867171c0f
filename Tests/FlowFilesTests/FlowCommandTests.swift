import CallFlows
import FlowFiles
import Logging
import RealTimeAPI
import Testing

/// What the steps of a flow file do.
@Suite struct FlowCommandTests {
    /// The answers to a call's requests, without variables.
    private func answers(_ yaml: String, _ results: [String], variables: String = "{}") async throws -> [String] {
        let file = try FlowFile(text: yaml, name: "f")
        let host = FlowHost(
            file.flow, key: try JournalKey(secret: "a secret of the tests"),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        var request = Request()
        request.call = CallID(rawValue: 7)
        request.number = "+33612345678"
        request.variables = try JSONText(variables)
        request.commandID = 0
        var answers: [String] = []
        for result in results + [""] {
            let answer = await host.respond(to: request)
            answers.append(String(decoding: Response(answer.command).json, as: UTF8.self))
            request.command = answer.command?.name ?? ""
            request.commandID = answer.commandID
            request.commandError = result.hasPrefix("!") ? String(result.dropFirst()) : ""
            request.commandResult = ResultText(result.hasPrefix("!") ? "" : result)
            request.variables = answer.variables ?? request.variables
        }
        return answers
    }

    @Test(arguments: [
        ("play: { say: a }", #""play","params":{"media_id":"TTS|TTS_EN-GB_SERENA|a"}"#),
        ("play: { say: a, voice: TTS_FR-FR_AUDREY }", #""play","params":{"media_id":"TTS|TTS_FR-FR_AUDREY|a"}"#),
        ("play: { library: 42 }", #""play","params":{"media_id":"42"}"#),
        ("play: 42", #""play","params":{"media_id":"42"}"#),
        ("play: { media_id: TTS|TTS_FR-FR_AUDREY|a }", #""play","params":{"media_id":"TTS|TTS_FR-FR_AUDREY|a"}"#),
        ("play: { recording: number }", #""play_record","params":{"media_file":"+33612345678"}"#),
        ("play_record: tmp/1.wav", #""play_record","params":{"media_file":"tmp/1.wav"}"#),
        (
            "play_talk_detect: { library: 1, min_ms: 1, max_ms: 2, silence_ms: 3, analysistime_ms: 4 }",
            #""play_talk_detect","params":{"analysistime_ms":4,"max_ms":2,"media_id":"1","min_ms":1,"silence_ms":3}"#
        ),
        (
            "read: { library: 1, max_digits: 1, attempts: 2, timeout_ms: 300 }",
            #""read","params":{"attempts":2,"max_digits":1,"media_id":"1","timeout_ms":300}"#
        ),
        ("record: { silence: 2, max_duration: 60 }", #""record","params":{"max_duration":60,"silence":2}"#),
        (
            "send_dtmf: { digits: 12, duration_ms: 3, timeout_ms: 4 }",
            #""send_dtmf","params":{"digits":"12","duration_ms":3,"timeout_ms":4}"#
        ),
        (
            "simple_conference: { id: 7, auto_leave_when_alone: true }",
            #""simple_conference","params":{"auto_leave_when_alone":true,"id":"7"}"#
        ),
        (
            "conference: { id: a, pin_code: 0042, pin_max_tries: 2, welcome: { say: Hi }, waiting: { library: 3 } }",
            #""conference","params":{"id":"a","pin_code":"0042","pin_max_tries":2,"waiting":"3","welcome":"TTS|TTS_EN-GB_SERENA|Hi"}"#
        ),
        (
            "dialout: { targets: [ { number: +33612345678, timeout: 20 } ], ringtone: MUSIC, cdr_field: 12 }",
            #""dialout","params":{"cdr_field":"12","ringtone":"MUSIC","targets":[{"number":"+33612345678","timeout":20}]}"#
        ),
        (
            "dialout: { targets: [ { number: \"${number}\" } ] }",
            #""dialout","params":{"targets":[{"number":"+33612345678"}]}"#
        ),
        (
            "start_call_recording: { announce: 0, feeds: leg_a, locale: fr_FR, ner: false }",
            #""start_call_recording","params":{"announce":"0","feeds":"leg_a","locale":"fr_FR","ner":false}"#
        ),
        ("start_call_recording:", #""start_call_recording","params":{}"#),
        (
            "stop_call_recording: { announce: { say: a } }",
            #""stop_call_recording","params":{"announce":"TTS|TTS_EN-GB_SERENA|a"}"#
        ),
        ("wait: 2", #""wait","params":{"wait":2}"#),
        (
            "wait_for_silence: { iterations: 1, silence_ms: 2, timeout: 3 }",
            #""wait_for_silence","params":{"iterations":1,"silence_ms":2,"timeout":3}"#
        ),
        ("hangup_callid: 18446744073709551615", #""hangup_callid","params":{"callid":18446744073709551615}"#),
        ("hangup_callid: ${callid}", #""hangup_callid","params":{"callid":7}"#),
        ("hangup:", #""hangup","params":{}"#),
    ])
    func `every command has the page's parameters`(_ command: String, _ json: String) async throws {
        let yaml = "flow: f\nsteps:\n  a:\n    \(command)\n"
        #expect(try await answers(yaml, []) == [#"{"command":"# + json + "}"])
    }

    @Test func `the filler, the fallback and the safe answer are of the file too`() throws {
        let text = """
            flow: f
            voice: TTS_FR-FR_AUDREY
            filler: { play: { library: 5 } }
            filler_limit: 7
            fallback: [ { play: { say: Pardon. } }, { wait: 2 } ]
            safe_answer: { play: { library: 6 } }
            steps: { a: { hangup: } }
            """
        let flow = try FlowFile(text: text, name: "f").flow
        #expect(flow.filler == .play(Play(.library(5))) && flow.fillerLimit == 7)
        #expect(
            flow.fallback == [
                .play(Play(.speech("Pardon.", voice: "TTS_FR-FR_AUDREY"))), .wait(Wait(.seconds(2))),
            ])
        #expect(flow.safeAnswer == [.play(Play(.library(6)))])
    }

    @Test func `a file is converted when it is read, and played as it is`() async throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
            .joined(separator: "/")
        let yaml = "flow: f\nsteps:\n  a:\n    play: { audio: \(folder)/samples/audio/chime.flac }\n"
        let answer = try await answers(yaml, [])[0]
        #expect(answer.hasPrefix(#"{"command":"play_wav_data","params":{"audio_data":"UklGR"#))
        #expect(!Response.validate(json: answer.utf8).contains { $0.severity == .error })
    }

    private let menu = """
        flow: menu
        max_visits: 3
        fallback: [ { play: { say: Failed. } } ]
        steps:
          ask:
            read: { say: "Hello ${variables.name}", max_digits: 2 }
            save: keys
            on: { 7: exact, 1-9: range, "*": star, TIMEOUT: slow }
            next: other
          exact: { play: { say: "exact ${keys}" } }
          range: { play: { say: "range ${keys}" } }
          star: { play: { say: star }, error: other }
          slow: { play: { say: slow } }
          other: { play: { say: other }, next: ask }
        """

    @Test(arguments: [
        ("7", "exact 7"), ("8", "range 8"), ("08", "range 08"), ("*", "star"), ("TIMEOUT", "slow"), ("10", "other"),
        ("", "other"), ("!broken", "Failed."),
    ])
    func `results lead where the file says`(_ result: String, _ text: String) async throws {
        let answers = try await answers(menu, [result], variables: #"{"name":"Ann"}"#)
        #expect(answers[0].contains("|Hello Ann\""))
        #expect(answers[1].contains("|\(text)\""))
    }

    @Test func `a command that fails leads where error says`() async throws {
        for failure in ["1", "!no such media"] {
            let answers = try await answers(menu, ["*", failure])
            #expect(answers[2].contains("|other\""))
        }
    }

    @Test(arguments: [
        (#"conference: { id: board, pin_code: "${keys}" }"#, "12a4"),
        (#"record: { max_duration: "${keys}" }"#, "sixty"),
        (#"dialout: { targets: [ { number: "${keys}" } ] }"#, "12"),
    ])
    func `a command with a value that it can't have fails, and nothing is sent`(_ command: String, _ keys: String)
        async throws
    {
        let yaml = """
            flow: f
            steps:
              ask: { read: { say: "?", max_digits: 9 }, save: keys, next: go }
              go:
                \(command)
                error: wrong
              wrong: { play: { say: wrong } }
            """
        let answers = try await answers(yaml, [keys])
        #expect(answers.count == 2 && answers[1].contains("|wrong\""))
    }

    @Test func `a call that goes round in circles gets the fallback`() async throws {
        let answers = try await answers(menu, ["0", "0", "0", "0", "0", "0", "0"])
        #expect(answers.map { $0.contains("Hello") } == [true, false, true, false, true, false, false, false])
        #expect(answers[6].contains("Failed.") && answers[7].contains("hangup"))
    }
}
