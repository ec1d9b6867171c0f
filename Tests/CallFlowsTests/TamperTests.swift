import CallFlows
import RealTimeAPI
import Testing

/// Journals that are not what this host wrote.
@Suite struct TamperTests {
    private let tally = Tally()

    private func flow(version: Int = 1, name: String = "safe") -> CallFlow {
        let tally = tally
        var flow = CallFlow(name, version: version) { call in
            tally.add("run")
            _ = try await call.read(.say("PIN?"), maxDigits: 4)
            try await call.play(.say("Version \(version)"))
        }
        flow.safeAnswer = [.play(Play(.library(99)))]
        flow.onEnd = { _ in tally.add("end") }
        return flow
    }

    /// A request within a call, as it should be.
    private func request(call: UInt64 = 1, variables: String = #"{"vip":false}"#) async throws -> Request {
        var platform = try Platform(call: call, variables: variables)
        platform.report("1", after: await FlowHost(quiet: flow()).respond(to: platform.request))
        return platform.request
    }

    private func expectRefusal(_ request: Request, key: JournalKey = testKey, flow other: CallFlow? = nil) async throws
    {
        let host = FlowHost(quiet: other ?? flow(), key: key)
        let runs = tally["run"]
        let answer = await host.respond(to: request)
        #expect(answer.command == .play(Play(.library(99))))
        #expect(await host.respond(to: request) == answer)
        #expect(tally["run"] == runs)
        var platform = try Platform(call: request.call.rawValue)
        platform.report("0", after: answer)
        #expect(await host.respond(to: platform.request).name == "hangup")
        platform.request.status = .hangup
        #expect(await host.respond(to: platform.request).text == "{}")
        #expect(tally["run"] == runs && tally["end"] == 0)
    }

    @Test func `a journal with one byte changed, anywhere, never runs a step`() async throws {
        let request = try await request()
        let token = try #require(request.variables.value["rtmedia"]?.text)
        for index in token.indices {
            var changed = request
            let other = token[index] == "a" ? "b" : "a"
            let forged = token.replacingCharacter(at: index, with: other)
            changed.variables = try JSONText(#"{"vip":false,"rtmedia":"\#(forged)"}"#)
            try await expectRefusal(changed)
        }
    }

    @Test func `a journal that is cut never runs a step`() async throws {
        let request = try await request()
        let token = try #require(request.variables.value["rtmedia"]?.text)
        for count in [0, 1, 10, token.count / 2, token.count - 1] {
            var cut = request
            cut.variables = try JSONText(#"{"vip":false,"rtmedia":"\#(token.prefix(count))"}"#)
            try await expectRefusal(cut)
        }
        var missing = request
        missing.variables = try JSONText(#"{"vip":false}"#)
        try await expectRefusal(missing)
        for other in ["7", "null", "[]", "{}"] {
            missing.variables = try JSONText(#"{"vip":false,"rtmedia":\#(other)}"#)
            try await expectRefusal(missing)
        }
    }

    @Test func `the variables beside it cannot be changed`() async throws {
        var request = try await request()
        request.variables = try JSONText(request.variables.text.replacing("false", with: "true"))
        try await expectRefusal(request)
    }

    @Test func `a journal of another call, key, flow or version never runs a step`() async throws {
        let request = try await request()
        var foreign = request
        foreign.call = CallID(rawValue: 2)
        try await expectRefusal(foreign)
        try await expectRefusal(request, key: try JournalKey(secret: "another secret of the tests"))
        try await expectRefusal(request, flow: flow(name: "other"))
        try await expectRefusal(request, flow: flow(version: 2))
    }

    @Test func `a journal of another command never runs a step`() async throws {
        var request = try await request()
        request.commandID = 2
        try await expectRefusal(request)
        request.commandID = "1"
        try await expectRefusal(request)
    }

    @Test func `a call in progress does not notice a forged request`() async throws {
        let host = FlowHost(quiet: flow())
        var platform = try Platform()
        platform.report("1", after: await host.respond(to: platform.request))
        var forged = platform.request
        forged.variables = try JSONText(#"{"rtmedia":"1.safe.1.1.UP..0000"}"#)
        #expect(await host.respond(to: forged).command == .play(Play(.library(99))))
        #expect(await host.respond(to: platform.request).text.contains("Version 1"))
        #expect(tally["run"] == 1)
    }

    @Test func `calls stay with the version that they began with while it is hosted`() async throws {
        let host = FlowHost(quiet: flow())
        var platform = try Platform()
        platform.report("1", after: await host.respond(to: platform.request))
        host.host(flow(version: 2))
        let new = FlowHost(quiet: flow())
        new.host(flow(version: 2))
        #expect(await host.respond(to: platform.request).text.contains("Version 1"))
        #expect(await new.respond(to: platform.request).text.contains("Version 1"))
        var other = try Platform(call: 2)
        other.report("1", after: await host.respond(to: other.request))
        #expect(await host.respond(to: other.request).text.contains("Version 2"))
    }

    @Test func `a version that is not hosted yet is looked for, and must be the one`() async throws {
        let newer = flow(version: 2)
        var platform = try Platform()
        platform.report("1", after: await FlowHost(quiet: newer).respond(to: platform.request))
        for (found, isRight) in [(newer, true), (flow(version: 3), false), (flow(version: 2, name: "x"), false)] {
            var options = FlowHostOptions()
            options.onMissingVersion = { host in host.host(found) }
            let host = FlowHost(quiet: flow(), options: options)
            let answer = await host.respond(to: platform.request)
            #expect(isRight ? answer.text.contains("Version 2") : answer.command == .play(Play(.library(99))))
        }
    }

    @Test func `a flow that takes another step than before fails, and says which`() async throws {
        let request = try await request()
        let changed = CallFlow("safe", version: 1) { call in try await call.play(.say("PIN?")) }
        #expect(await FlowHost(quiet: changed).respond(to: request).text.contains("Sorry"))
    }
}

extension JSON {
    fileprivate var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }
}

extension String {
    fileprivate func replacingCharacter(at index: Index, with other: String) -> String {
        String(self[..<index]) + other + String(self[self.index(after: index)...])
    }
}
