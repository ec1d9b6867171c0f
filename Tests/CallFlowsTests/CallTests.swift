import CallFlows
import RealTimeAPI
import Testing

/// What a flow sees of its call.
@Suite struct CallTests {
    @Test func `the call is the same in every turn and at every instance, without the journal`() async throws {
        let flow = CallFlow("facts", version: 1) { call in
            for _ in 0..<2 {
                let customer = call.variables["customer"]?["id"]
                let members = if case .object(let members) = call.variables { members.count } else { 0 }
                try await call.play(
                    .say("\(call.request.number) \(call.request.app) \(members) \(customer == .string("é7"))"))
            }
            try await call.play(.say("\(call.request.command.isEmpty) \(call.request.status.name)"))
        }
        var platform = try Platform(variables: #"{"customer":{"id":"é7"}}"#, status: .incomingCall)
        for expected in ["+33612345678 4346423A 1 true", "+33612345678 4346423A 1 true", "true INCOMING_CALL"] {
            let answer = await FlowHost(quiet: flow).respond(to: platform.request)
            #expect(answer.text.contains(expected))
            platform.report("0", after: answer)
        }
    }
}
