import CallFlows
import FlowFiles
import RealTimeAPI
import Testing

/// What flow files keep for all to see.
@Suite struct FlowKeptTests {
    @Test func `what steps save is seen in the call's variables`() async throws {
        let yaml = """
            flow: f
            steps:
              ask: { read: { say: "Age?" }, save: age, next: find }
              find: { get: http://a/, save: customer, next: tell }
              tell: { play: { say: "${customer.name}" }, next: again }
              again: { read: { say: "Age?" }, save: age }
            """
        let hosts = [
            try FlowCalls.host(yaml, FlowCalls.Asked().network(#"{"name":"Ann","x":1}"#)),
            try FlowCalls.host(yaml, .none), try FlowCalls.host(yaml, .none),
        ]
        for instances in [[0, 0, 0, 0], [0, 0, 1, 2]] {
            var request = FlowCalls.request
            request.call = CallID(rawValue: UInt64(instances[3]))
            request.variables = try JSONText(#"{"own":1}"#)
            var seen: [String] = []
            for (host, result) in zip(instances.map { hosts[$0] }, ["42", "0", "43", ""]) {
                let answer = await host.respond(to: request)
                #expect(await host.respond(to: request) == answer)
                guard case .object(let members)? = answer.variables?.value else { continue }
                let others = members.filter { $0.name != "rtmedia" }
                seen.append(try JSONText(encoding: .object(others)).text)
                request.command = answer.command?.name ?? ""
                request.commandID = answer.commandID
                request.commandResult = ResultText(result)
                request.variables = answer.variables ?? request.variables
            }
            #expect(
                seen == [
                    #"{"own":1}"#, #"{"own":1,"age":"42","customer":{"name":"Ann"}}"#,
                    #"{"own":1,"age":"42","customer":{"name":"Ann"}}"#,
                    #"{"own":1,"age":"43","customer":{"name":"Ann"}}"#,
                ])
        }
    }

    @Test func `a variable of the call's own stays what it is, and forged ones are refused`() async throws {
        let yaml =
            "flow: f\nsafe_answer: { play: { say: refused } }\nsteps:\n  a: { read: { say: a }, save: age, next: b }\n  b: { play: { say: \"${age} ${variables.age}\" } }"
        let host = try FlowCalls.host(yaml)
        for (variables, said) in [(#"{"age":"own"}"#, "1 own"), ("{}", "1 ")] {
            var request = FlowCalls.request
            request.call = CallID(rawValue: UInt64(said.utf8.count))
            request.variables = try JSONText(variables)
            let first = await host.respond(to: request)
            request.command = "read"
            request.commandID = first.commandID
            request.commandResult = ResultText("1")
            request.variables = try #require(first.variables)
            let second = await host.respond(to: request)
            #expect(FlowCalls.summary(second) == said)
            #expect(second.variables?.value["age"] == .string(said == "1 own" ? "own" : "1"))
            request.command = "play"
            request.commandID = second.commandID
            request.commandResult = ResultText("0")
            request.variables = try JSONText(
                second.variables!.text.replacing(#""age":""#, with: #""age":"2"#))
            #expect(FlowCalls.summary(await host.respond(to: request)) == "refused")
        }
    }
}
