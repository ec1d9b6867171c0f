import CallSimulation
import Foundation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// What a handler sends can't act on a terminal, nor forge a line, wherever people see it.
@Suite(.waiting, .timeLimit(.minutes(15))) struct HarmlessTextTests {
    /// What acts on terminals, ends lines or turns the direction of text, one of each kind.
    static let hostile =
        "x\u{1B}]0;t\u{7}\u{9B}2J\n   0.000  platform  end       HANGUP\u{202E}\u{2028}\u{2029}\u{7F}\r\u{85}"

    private static func isHarmless(_ text: some StringProtocol) -> Bool {
        !text.unicodeScalars.contains {
            [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        }
    }

    private func outcome() async throws -> CallOutcome {
        let text = String(decoding: try JSONEncoder().encode(Self.hostile), as: UTF8.self)
        return try await PythonHandler(
            #"{"command":"conference","params":{"id":\#(text)}}"#,
            #"{"command":"play","params":{"media_id":"TTS|\#(text.dropFirst().dropLast())|\#(text.dropFirst())}}"#,
            #"{"command":\#(text)}"#
        ).call { $0.caller.patience = .seconds(30) }
    }

    @Test("A transcript has a line for each event, and the events keep what was sent")
    func transcript() async throws {
        let outcome = try await outcome()
        let lines = outcome.transcriptText.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count == outcome.transcript.events.count)
        #expect(lines.allSatisfy(Self.isHarmless))
        #expect(!lines.contains { $0.hasPrefix("   0.000  platform  end ") })
        #expect(lines.contains { $0.contains(#"x\u001b]0;t\u0007\u009b2J\u000a   0.000  platform"#) }, "\(lines)")
        #expect(outcome.transcript.events.contains { $0.text.contains(Self.hostile) })
    }

    @Test("A scenario's differences are harmless, a line each")
    func differences() async throws {
        // YAML has no control characters but as escapes.
        let escapes = Self.hostile.utf16.map { "\\u" + String(0x10000 + Int($0), radix: 16).dropFirst() }
        let media = "\"TTS|TTS_EN-GB_SERENA|\(escapes.joined())\""
        let scenario = try CallScenario.read(
            """
            variables: { steps: [ { command: play, params: { media_id: \(media) } } ] }
            caller: [ { at: 2, hang_up: true } ]
            expect: [ wait ]
            """, name: "f"
        ).scenario
        let report = try await PythonHandler().run(scenario)
        let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(report.count > 0 && lines.allSatisfy(Self.isHarmless), "\(lines)")
        #expect(lines.contains { $0.contains(#"\u001b]0;t"#) }, "\(lines)")
    }

    @Test("The line end behind an answer is not shown, and is kept")
    func lineEnd() async throws {
        let outcome = try await PythonHandler(#"{"wrong":{"body":"{}\r\n"}}"#).call()
        let answer = try #require(outcome.transcript.events.first { $0.kind == .answer })
        #expect(answer.line.contains("  {}  (") && answer.line.hasSuffix(" ms)") && answer.text == "{}\r\n")
    }

    @Test("What a handler sends in a header is harmless in the reason")
    func header() async throws {
        let outcome = try await PythonHandler(#"{"wrong":{"type":"text/\u009b2Jplain"}}"#).call()
        #expect(outcome.refusal.map { Self.isHarmless($0.reason) } == true, "\(outcome.refusal.debugDescription)")
    }

    @Test("A text that is too long to be spoken here is silence, and the limit is named")
    func longText() async throws {
        let text = String(repeating: "a", count: Media.longestText + 1)
        let outcome = try await PythonHandler(
            #"{"command":"play","params":{"media_id":"TTS|TTS_EN-GB_SERENA|\#(text)"}}"#
        ).call()
        #expect(outcome.steps.map(\.result) == ["0"] && outcome.duration == .zero)
        #expect(
            outcome.warnings.contains {
                $0.hasSuffix(
                    "the text has 16385 bytes; 16384 are spoken here: divide it; it is silence here")
            })
    }
}
