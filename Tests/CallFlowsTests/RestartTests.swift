import CallFlows
import RealTimeAPI
import Testing

/// A call goes on at any instance, from its variables alone.
@Suite struct RestartTests {
    /// The answers of a call; `host` gives the instance that takes a turn.
    private func answers(
        _ sample: SampleFlow, variables: String = "{}", _ host: (Int) -> FlowHost
    ) async throws -> [String] {
        var platform = try Platform(variables: variables)
        var answers: [String] = []
        for (turn, result) in (sample.results + [""]).enumerated() {
            let answer = await host(turn).respond(to: platform.request)
            answers.append(answer.text)
            platform.report(result, after: answer)
        }
        platform.request.status = .hangup
        answers.append(await host(sample.results.count + 1).respond(to: platform.request).text)
        return answers
    }

    private func newHost(_ sample: SampleFlow) -> FlowHost { FlowHost(quiet: sample.flow) }

    @Test(arguments: SampleFlow.all) func `a call through one instance comes to its end`(_ sample: SampleFlow)
        async throws
    {
        let host = newHost(sample)
        let answers = try await answers(sample) { _ in host }
        #expect(answers[sample.results.count].contains(#""command":"hangup""#))
        #expect(answers.last == "{}")
    }

    @Test(arguments: SampleFlow.all)
    func `an instance that is new at any turn answers the same bytes`(_ sample: SampleFlow) async throws {
        let one = newHost(sample)
        let expected = try await answers(sample) { _ in one }
        for restart in 1...sample.results.count + 1 {
            let hosts = [newHost(sample), newHost(sample)]
            #expect(try await answers(sample) { hosts[$0 < restart ? 0 : 1] } == expected)
        }
        #expect(try await answers(sample) { _ in newHost(sample) } == expected)
    }

    @Test(arguments: SampleFlow.all)
    func `instances take turns in any order`(_ sample: SampleFlow) async throws {
        let one = newHost(sample)
        let variables = #"{"customer":"4711","a":[1.0,{"b":"é\u00e9/"}]}"#
        let expected = try await answers(sample, variables: variables) { _ in one }
        let hosts = [newHost(sample), newHost(sample), newHost(sample)]
        #expect(try await answers(sample, variables: variables) { hosts[$0 % 3] } == expected)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            #expect(
                try await answers(sample, variables: variables) { _ in hosts.randomElement(using: &generator)! }
                    == expected)
        }
    }

    @Test func `variables that come back in another form are the same`() async throws {
        let sample = SampleFlow.ageCheck
        let host = FlowHost(quiet: sample.flow)
        var platform = try Platform(variables: #"{"name":"é"}"#)
        let first = await host.respond(to: platform.request)
        platform.report("21", after: first)
        let expected = await host.respond(to: platform.request)
        let text = platform.request.variables.text
        platform.request.variables = try JSONText(text.replacing("é", with: #"\u00e9"#).replacing(",", with: " , "))
        #expect(await host.respond(to: platform.request) == expected)
        #expect(await FlowHost(quiet: sample.flow).respond(to: platform.request) == expected)
    }
}
