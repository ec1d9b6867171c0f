import CallFlows
import RealTimeAPI
import TelephonyAudio
import Testing

/// Calls whose requests come in random courses: to any instance, more than once, and late.
@Suite(.timeLimit(.minutes(10))) struct InterleavingTests {
    private let clock = ManualClock()

    private func flow(_ tally: Tally) -> CallFlow {
        var flow = CallFlow("course", version: 1) { call in
            let code = try await call.read(.say("Code?"), maxDigits: 4)
            let name = try await call.once("name") { key in
                tally.add(key)
                return "Ann"
            }
            try await call.play(.say("\(name), \(code)"))
            let id = try await call.once("id") { key in
                tally.add(key)
                return 7
            }
            let message = try await call.record(silence: .seconds(2))
            try await call.play(.recording(message))
            try await call.once("store") { key in tally.add(key) }
            try await call.play(.say("\(id)"))
        }
        flow.onEnd = { end in tally.add(end.idempotencyKey) }
        return flow
    }

    private let keys = ["course-421889-2-name", "course-421889-4-id", "course-421889-7-store", "course-421889-end"]

    /// The requests of a call, and their answers at an instance that gets each once.
    private func exchanges(_ random: inout SplitMix64) async throws -> [(request: Request, answer: Response)] {
        let host = FlowHost(quiet: flow(Tally()))
        let results = [["1", "TIMEOUT", "é"].randomElement(using: &random)!, "0", "tmp/1.wav", "0", "0"]
        let last = Int.random(in: 0...results.count, using: &random)
        var platform = try Platform(variables: ["{}", #"{"a":[1.0,"é"]}"#].randomElement(using: &random)!)
        var exchanges: [(request: Request, answer: Response)] = []
        for turn in 0...last {
            let answer = await host.respond(to: platform.request)
            exchanges.append((platform.request, answer))
            if turn < results.count { platform.report(results[turn], after: answer) }
            if turn == last { platform.hangUp(after: answer) }
        }
        exchanges.append((platform.request, await host.respond(to: platform.request)))
        return exchanges
    }

    @Test(arguments: 0..<60)
    func `every copy of a request gets the same bytes, at any time and at any instance`(_ seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let exchanges = try await exchanges(&random)
        let tally = Tally()
        let first = FlowHost(quiet: flow(tally))
        let hosts = [first] + (0..<2).map { _ in FlowHost(quiet: flow(Tally())) }
        for turn in exchanges.indices {
            let (request, expected) = exchanges[turn]
            let others = (0..<Int.random(in: 0...4, using: &random)).map { _ in hosts.randomElement(using: &random)! }
            await withTaskGroup(of: Response.self) { group in
                for host in [first] + others { group.addTask { await host.respond(to: request) } }
                for await answer in group { #expect(answer == expected) }
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let (request, expected) = exchanges[Int.random(in: 0...turn, using: &random)]
                #expect(await hosts.randomElement(using: &random)!.respond(to: request) == expected)
            }
        }
        // What has an effect had it once where each request came.
        #expect(keys.allSatisfy { tally[$0] <= 1 })
        #expect(tally["course-421889-end"] == 1)
    }

    @Test(arguments: 0..<60)
    func `a step that is slow for instances in any order runs once in each`(_ seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let gate = Gate()
        let tallies = (0..<3).map { _ in Tally() }
        let hosts = tallies.map { tally in
            var flow = CallFlow("slow", version: 1) { call in
                _ = try await call.read(.say("Who?"), maxDigits: 1)
                let name = try await call.once("look up") { _ in
                    tally.add("look up")
                    await gate.wait()
                    return "Ann"
                }
                try await call.play(.say("Hello \(name)"))
            }
            flow.onEnd = { end in tally.add("\(end.outcome)") }
            return FlowHost(quiet: flow, clock: clock)
        }
        func anyHost() -> Int { Int.random(in: hosts.indices, using: &random) }
        var platform = try Platform()
        platform.report("1", after: await hosts[anyHost()].respond(to: platform.request))
        var last = anyHost()
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            last = anyHost()
            let (host, request) = (hosts[last], platform.request)
            let filler = await clock.advance { await host.respond(to: request) }
            #expect(filler.name == "wait")
            #expect(await host.respond(to: request) == filler)
            platform.report("0", after: filler)
        }
        if Bool.random(using: &random) {
            platform.request.status = .hangup
            let host = hosts[last]
            async let answer = host.respond(to: platform.request)
            gate.open()
            #expect(await answer.text == "{}")
            #expect(tallies[last]["interrupted"] == 1)
        } else {
            gate.open()
            let answer = await hosts[anyHost()].respond(to: platform.request)
            #expect(answer.text.contains("Hello Ann"))
            platform.report("0", after: answer)
            #expect(await hosts[anyHost()].respond(to: platform.request).name == "hangup")
        }
        #expect(tallies.allSatisfy { $0["look up"] <= 1 })
    }
}
