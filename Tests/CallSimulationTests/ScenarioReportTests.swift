import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// What a scenario says when not all came as expected.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ScenarioReportTests {
    private static let steps = """
        variables:
          steps:
            - { command: play, params: { media_id: "TTS|TTS_EN-GB_SERENA|Welcome." } }
            - { command: read, params: { media_id: 1, max_digits: 1, attempts: 1, timeout_ms: 1000 } }
            - { command: wait, params: { wait: 2 } }
            - { command: play, params: { media_id: "TTS|TTS_EN-GB_SERENA|Good bye." } }

        """

    private func report(_ rest: String) async throws -> ScenarioReport {
        let scenario = try CallScenario.read(Self.steps + rest, name: "f.yaml").scenario
        return try await PythonHandler().run(scenario, file: "f.yaml")
    }

    @Test("A difference is told beside what came, with its time and the file's line")
    func differences() async throws {
        let report = try await report(
            """
            caller:
              - { when: asked, press: 5 }
              - { when: joined, say: Hello }
            expect:
              commands:
                - play: { plays: Welcom. }
                - record
                - read: { max_digits: 2, result: 6 }
                - play: { plays: Good bye. }
              variables: { mood: good }
              status: BUSY
            """)
        #expect(report.count == 6)
        #expect(
            report.text == """
                   0.000 s  - play plays "Welcom."  (f.yaml:12)
                            + play plays "Welcome."
                            - record  (f.yaml:13)
                   0.800 s  - read max_digits 2, result 6  (f.yaml:14)
                            + read max_digits 1, result 5
                   1.440 s  + wait -> 0
                   3.440 s    play plays "Good bye." -> 0
                at the end  - status: BUSY
                            + status: HANGUP
                at the end  - variables: mood: good
                            + variables: mood: (none)
                  this step was not reached: says "Hello" (when joined)
                """)
    }

    @Test("Dots stand for any commands, also none")
    func any() async throws {
        for commands in ["[...]", "[..., wait, ...]", "[play, ..., read, ..., play, ...]"] {
            let report = try await report("expect: \(commands)")
            #expect(report.text == "")
        }
        let report = try await report("expect: [..., record, ...]")
        #expect(report.count == 1)
    }

    @Test("A refusal is a difference unless it is expected, and the other way round")
    func refusals() async throws {
        let wrong = "variables: { steps: [ { wrong: { type: text/plain } } ] }\n"
        func report(_ text: String) async throws -> ScenarioReport {
            try await PythonHandler().run(try CallScenario.read(text, name: "f").scenario)
        }
        #expect(try await report(wrong).text.contains("+ refused: content_type: Content-Type is 'text/plain'"))
        #expect(try await report(wrong + "expect: { refused: content_type }").isPassed)
        #expect(try await report(wrong + "expect: { refused: empty }").count == 1)
        #expect(try await self.report("expect: { refused: late }").text.contains("+ the platform refused nothing"))
    }

    @Test("A scenario is made in code, run, and written")
    func inCode() async throws {
        var scenario = CallScenario("presses 5")
        scenario.calls[0].variables = try JSONText(
            #"{"steps":[{"command":"read","params":{"media_id":1,"max_digits":1,"attempts":1,"timeout_ms":1000}}]}"#)
        scenario.calls[0].caller.steps = [.init(.asked, .keys([DTMFKey("5")!]))]
        scenario.calls[0].expectation.commands = [ExpectedCommand("read", result: TextPattern(whole: "5"))]
        let report = try await PythonHandler().run(scenario)
        #expect(report.text == "")
        #expect(
            scenario.yaml == """
                scenario: "presses 5"
                variables: { steps: [{ command: read, params: { media_id: 1, max_digits: 1, attempts: 1, timeout_ms: 1000 } }] }
                caller:
                  - { when: asked, press: "5" }
                expect:
                  commands:
                    - read: "5"

                """)
    }

    @Test("Steps come about in order; times do not wait")
    func order() async throws {
        let report = try await report(
            """
            caller:
              - { when: wait, press: 1 }
              - { when: asked, press: 5 }
              - { at: 5, hang_up: true }
            expect:
              - play
              - read: TIMEOUT
              - wait: HANGUP
            """)
        #expect(report.text == "")
    }
}
