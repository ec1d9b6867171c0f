import CallFlows
import RealTimeAPI
import Testing

/// No answer is late.
@Suite(.timeLimit(.minutes(10))) struct FillerTests {
    private let clock = ManualClock()
    private let gate = Gate()
    private let tally = Tally()

    private var flow: CallFlow {
        let (gate, tally) = (gate, tally)
        var flow = CallFlow("slow", version: 1) { call in
            _ = try await call.read(.say("Who?"), maxDigits: 1)
            let name = try await call.once("look up") { key in
                tally.add(key)
                await gate.wait()
                return "Ann"
            }
            try await call.play(.say("Hello \(name)"))
        }
        flow.fillerLimit = 3
        return flow
    }

    private func host() -> FlowHost { FlowHost(quiet: flow, clock: clock) }

    /// The answer to a request that is not ready within the budget.
    private func late(_ host: FlowHost, _ request: Request) async -> Response {
        await clock.advance { await host.respond(to: request) }
    }

    private func slowRequest(_ host: FlowHost) async throws -> Platform {
        var platform = try Platform()
        platform.report("1", after: await host.respond(to: platform.request))
        return platform
    }

    @Test func `while a step is not ready fillers are sent, and its command goes out on the next turn`() async throws {
        let host = host()
        var platform = try await slowRequest(host)
        for _ in 0..<2 {
            let filler = await late(host, platform.request)
            #expect(filler.command == .wait(Wait(.seconds(1))))
            #expect(await host.respond(to: platform.request) == filler)
            platform.report("0", after: filler)
        }
        gate.open()
        let answer = await host.respond(to: platform.request)
        #expect(answer.text.contains("Hello Ann"))
        #expect(tally["slow-421889-2-look up"] == 1)
        // What was answered before, and after.
        platform.report("0", after: answer)
        #expect(await host.respond(to: platform.request).name == "hangup")
    }

    @Test func `another instance starts the pending step again with the same key`() async throws {
        var platform = try await slowRequest(host())
        platform.report("0", after: await late(host(), platform.request))
        gate.open()
        let answer = await host().respond(to: platform.request)
        #expect(answer.text.contains("Hello Ann"))
        #expect(tally["slow-421889-2-look up"] == 2)
    }

    @Test func `the command after a filler has its result at any instance`() async throws {
        var platform = try await slowRequest(host())
        platform.report("0", after: await late(host(), platform.request))
        gate.open()
        platform.report("0", after: await host().respond(to: platform.request))
        #expect(platform.request.command == "play")
        #expect(await host().respond(to: platform.request).name == "hangup")
    }

    @Test func `instances that take turns send fillers for a step which the first of them goes on with`() async throws {
        var flow = flow
        flow.fillerLimit = 10
        let hosts = (0..<3).map { _ in FlowHost(quiet: flow, clock: clock) }
        var platform = try await slowRequest(hosts[0])
        for turn in 0..<5 {
            platform.report("0", after: await late(hosts[turn % 3], platform.request))
            #expect(platform.request.command == "wait")
        }
        // Each has begun it once, and none anew.
        #expect(tally["slow-421889-2-look up"] == 3)
        gate.open()
        platform.report("0", after: await hosts[2].respond(to: platform.request))
        #expect(platform.request.command == "play")
        #expect(tally["slow-421889-2-look up"] == 3)
        #expect(await FlowHost(quiet: flow, clock: clock).respond(to: platform.request).name == "hangup")
    }

    @Test func `the limit of fillers counts across instances, and is followed by the fallback`() async throws {
        var platform = try await slowRequest(host())
        for _ in 0..<3 {
            let filler = await late(host(), platform.request)
            #expect(filler.name == "wait")
            platform.report("0", after: filler)
        }
        let fallback = await late(host(), platform.request)
        #expect(fallback.text.contains("Sorry"))
        platform.report("0", after: fallback)
        #expect(await host().respond(to: platform.request).name == "hangup")
    }

    @Test func `a late copy of a request that was answered with a filler gets the same filler`() async throws {
        let host = host()
        var platform = try await slowRequest(host)
        let slow = platform.request
        let filler = await late(host, slow)
        platform.report("0", after: filler)
        gate.open()
        let answer = await host.respond(to: platform.request)
        platform.report("0", after: answer)
        _ = await host.respond(to: platform.request)
        #expect(await host.respond(to: slow) == filler)
        #expect(tally["slow-421889-2-look up"] == 1)
    }

    /// Places a request whose step has begun and waits for the gate.
    private func pending(_ host: FlowHost, _ request: Request) async -> Task<Response, Never> {
        let answer = Task { await host.respond(to: request) }
        while tally["slow-421889-2-look up"] == 0 { await Task.yield() }
        return answer
    }

    @Test func `a step may take up to 4 s`() async throws {
        let host = host()
        let answer = await pending(host, try await slowRequest(host).request)
        clock.advance(by: .milliseconds(3999))
        gate.open()
        #expect(await answer.value.text.contains("Hello Ann"))
    }

    @Test func `for a step that takes 4 s the flow's own filler is sent then, however that ends`() async throws {
        var flow = flow
        flow.filler = .play(Play(.library(7)))
        let host = FlowHost(quiet: flow, clock: clock)
        var platform = try await slowRequest(host)
        let answer = await pending(host, platform.request)
        clock.advance(by: .seconds(4))
        #expect(await answer.value.command == flow.filler)
        platform.report("", error: "no such media", after: await answer.value)
        gate.open()
        #expect(await host.respond(to: platform.request).text.contains("Hello Ann"))
    }

    @Test func `a caller who hangs up during a filler ends the flow`() async throws {
        let tally = tally
        var flow = flow
        flow.onEnd = { end in tally.add("\(end.outcome)") }
        let host = FlowHost(quiet: flow, clock: clock)
        var platform = try await slowRequest(host)
        platform.hangUp(after: await late(host, platform.request))
        async let answer = host.respond(to: platform.request)
        gate.open()
        #expect(await answer.text == "{}")
        #expect(tally["interrupted"] == 1)
    }
}
