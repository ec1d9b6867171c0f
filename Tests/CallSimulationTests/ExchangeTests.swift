import CallSimulation
import RealTimeAPI
import TestSupport
import Testing

/// The requests that a handler gets.
@Suite(.waiting, .timeLimit(.minutes(15))) struct ExchangeTests {
    private func requests(_ outcome: CallOutcome) -> [Request] {
        outcome.transcript.events.filter { $0.kind == .request }.compactMap { try? Request(json: Array($0.text.utf8)) }
    }

    @Test("An inbound call begins with INCOMING_CALL and no hash, and ends with HANGUP")
    func inbound() async throws {
        let outcome = try await PythonHandler(
            #"{"command":"wait","command_id":"first","params":{"wait":1},"variables":{"n":1.50,"é":[]}}"#
        ).call()
        let requests = requests(outcome)
        #expect(requests.map(\.status) == [.incomingCall, .up, .hangup])
        #expect(requests.map(\.requestHash) == [nil, nil, nil])
        #expect(requests.map(\.command) == ["", "wait", ""])
        #expect(requests[0].commandID == 0)
        #expect(requests[1].commandID == "first")
        #expect(requests[1].commandResult == ResultText("0"))
        #expect(outcome.variables == requests[1].variables)
        #expect(
            String(decoding: outcome.variables.bytes, as: UTF8.self).contains(#""n":1.5"#)
                || String(decoding: outcome.variables.bytes, as: UTF8.self).contains(#""n": 1.5"#))
    }

    @Test("An outbound call has a hash; one that nobody answered is one final request")
    func outbound() async throws {
        let answered = try await PythonHandler("{}").call { $0.isOutbound = true }
        #expect(requests(answered).first?.requestHash == "4260XMAQ")
        #expect(requests(answered).first?.status == .up)
        for status in [CallStatus.busy, .noAnswer, .congestion, .rejected] {
            let outcome = try await PythonHandler("{}").call {
                $0.isOutbound = true
                $0.failure = status
            }
            #expect(requests(outcome).map(\.status) == [status])
            #expect(outcome.refusal == nil)
        }
    }

    @Test("A caller who hangs up ends the command with a final request of its name")
    func hangUp() async throws {
        let outcome = try await PythonHandler(#"{"command":"wait","command_id":3,"params":{"wait":30}}"#).call([
            .init(.time(.seconds(1)), .hangUp)
        ])
        let last = requests(outcome).last
        #expect(last?.status == .hangup)
        #expect(last?.command == "wait")
        #expect(last?.commandID == 3)
        #expect(last?.commandResult == ResultText(""))
        #expect(outcome.duration == .seconds(1))
    }

    @Test("Login and password are sent as HTTP Basic")
    func basic() async throws {
        // The password is p:@ss, whose colon and at sign are escaped.
        let handler = try PythonHandler(#"{"wrong":{"login":"Basic dXNlcjpwOkBzcw=="}}"#)
        let outcome = try await handler.call { setup in
            let address = handler.address.replacing("http://", with: "http://user:p%3A%40ss@")
            setup.handler = try! HandlerAddress(address)
        }
        #expect(outcome.refusal == nil)
        #expect(
            try await PythonHandler(#"{"wrong":{"login":"Basic dXNlcjpwOkBzcw=="}}"#).call().refusal?.kind == .status)
    }
}
