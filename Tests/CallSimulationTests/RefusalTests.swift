import CallSimulation
import RealTimeAPI
import TelephonyAudio
import TestSupport
import Testing

/// What the platform does not accept ends the call with a report.
@Suite(.waiting, .timeLimit(.minutes(15))) struct RefusalTests {
    static let cases: [(String, Refusal.Kind)] = [
        (#"{"wrong":{"delay":4}}"#, .late),
        (#"{"wrong":{"type":"text/html"}}"#, .contentType),
        (#"{"wrong":{"type":""}}"#, .contentType),
        (#"{"wrong":{"body":""}}"#, .empty),
        (#"{"wrong":{"status":500}}"#, .status),
        (#"{"wrong":{"status":302}}"#, .status),
        (#"{"wrong":{"close":true}}"#, .malformed),
        (#"{"wrong":{"body":"<html>"}}"#, .response),
        (#"{"command":"sing"}"#, .response),
        (#"{"command":"wait","params":{"wait":31}}"#, .response),
        (#"{"command":"play","params":{}}"#, .response),
    ]

    @Test("A wrong answer of each kind is caught", arguments: cases)
    func wrong(_ step: String, _ kind: Refusal.Kind) async throws {
        let outcome = try await PythonHandler(step).call {
            if kind == .late { $0.patience = .seconds(2) }
        }
        #expect(outcome.refusal?.kind == kind)
        #expect(outcome.transcript.events.last?.kind == .refused)
        #expect((kind == .response) == (outcome.refusal?.findings.isEmpty == false))
    }

    @Test("More bytes than an answer has are a warning", arguments: ["more", "twice"])
    func excess(_ way: String) async throws {
        let outcome = try await MenuHandler(raw: way).call()
        #expect(outcome.refusal == nil)
        #expect(
            outcome.warnings.contains {
                $0
                    == "more bytes came than the answer has, and are not read: its Content-Length is too small, or there are two answers"
            }, "\(outcome.warnings)")
    }

    @Test("A command in the answer to the end of a call is a warning, unless it hangs up")
    func commandAtEnd() async throws {
        let wait = #"{"command":"wait","command_id":1,"params":{"wait":30},"variables":{}}"#
        for (answer, warning) in [
            (
                #"{"command":"play","command_id":2,"params":{"media_id":"1"},"variables":{}}"#,
                "the call is over, and play is not executed: answer {}"
            ), (#"{"command":"hangup","command_id":2,"variables":{}}"#, nil), ("{}", nil),
        ] {
            let outcome = try await PythonHandler(wait, answer).call([.init(.time(.seconds(1)), .hangUp)])
            #expect(outcome.status == .hangup && outcome.refusal == nil)
            #expect(outcome.warnings.last == warning, "\(outcome.warnings)")
        }
    }

    @Test("The answer to the end of a call needs the status 200, as every other")
    func statusAtEnd() async throws {
        let wait = #"{"command":"wait","command_id":1,"params":{"wait":30},"variables":{}}"#
        let outcome = try await PythonHandler(wait, #"{"wrong":{"status":500}}"#).call([
            .init(.time(.seconds(1)), .hangUp)
        ])
        #expect(outcome.refusal?.kind == .status && outcome.status == .hangup)
    }

    @Test("A range is named")
    func range() async throws {
        let outcome = try await PythonHandler(#"{"command":"wait","params":{"wait":31}}"#).call()
        #expect(outcome.refusal?.findings.map(\.pointer) == ["/params/wait"])
    }

    @Test("A handler that never ends a call is caught")
    func endless() async throws {
        let wait = #"{"command":"play","params":{"media_id":"5"}}"#
        let outcome = try await PythonHandler(wait, wait, wait, wait).call { $0.maximumCommands = 3 }
        #expect(outcome.refusal?.kind == .endless)
        #expect(outcome.steps.count == 3)
    }

    @Test("Nobody at the port is unreachable")
    func unreachable() async throws {
        let port = try RefusingPort()
        let address = "http://127.0.0.1:\(port.number)/"
        let sounds = Sounds(folder: nil) { _, _ async throws(SimulationError) in PhoneAudio(samples: []) }
        let outcome = try await CallSimulator.place(CallSetup(try HandlerAddress(address), sounds: sounds))
        #expect(outcome.refusal?.kind == .unreachable)
        let place = address.split(separator: "/")[1]
        #expect(outcome.refusal?.reason == "the connection to \(place) was refused: is the handler running?")
    }
}
