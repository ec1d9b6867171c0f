import CallFlows
import RealTimeAPI
import TelephonyAudio
import Testing

/// A call goes on at any instance, from its variables alone.
@Suite(.timeLimit(.minutes(10))) struct RestartTests {
    private func newHost(_ sample: SampleFlow) -> FlowHost { FlowHost(quiet: sample.flow) }

    @Test(arguments: SampleFlow.all) func `a call through one instance comes to its end`(_ sample: SampleFlow)
        async throws
    {
        let host = newHost(sample)
        let answers = try await sample.answers { _ in host }
        #expect(answers[sample.results.count].contains(#""command":"hangup""#))
        #expect(answers.last == "{}")
    }

    @Test(arguments: SampleFlow.all)
    func `an instance that is new at any turn answers the same bytes`(_ sample: SampleFlow) async throws {
        let one = newHost(sample)
        let expected = try await sample.answers { _ in one }
        for restart in 1...sample.results.count + 1 {
            let hosts = [newHost(sample), newHost(sample)]
            #expect(try await sample.answers { hosts[$0 < restart ? 0 : 1] } == expected)
        }
        #expect(try await sample.answers { _ in newHost(sample) } == expected)
    }

    @Test(arguments: SampleFlow.all)
    func `instances take turns in any order`(_ sample: SampleFlow) async throws {
        let one = newHost(sample)
        let variables = #"{"customer":"4711","a":[1.0,{"b":"é\u00e9/"}]}"#
        let expected = try await sample.answers(variables: variables) { _ in one }
        let hosts = [newHost(sample), newHost(sample), newHost(sample)]
        #expect(try await sample.answers(variables: variables) { hosts[$0 % 3] } == expected)
        var random = SplitMix64(seed: 1)
        for _ in 0..<20 {
            #expect(
                try await sample.answers(variables: variables) { _ in hosts.randomElement(using: &random)! }
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
