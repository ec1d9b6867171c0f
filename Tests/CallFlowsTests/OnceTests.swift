import CallFlows
import RealTimeAPI
import Testing

/// Repeated requests, and what has an effect.
@Suite struct OnceTests {
    private let tally = Tally()

    private var flow: CallFlow {
        let tally = tally
        return CallFlow("once", version: 1) { call in
            tally.add("run")
            let first = try await call.once("first") { key in
                tally.add("first")
                tally.add(key)
                try await Task.sleep(for: .milliseconds(20))
                return "a"
            }
            _ = try await call.read(.say(first), maxDigits: 1)
            try await call.once("second") { key in
                tally.add("second")
                tally.add(key)
            }
            try await call.play(.say("b"))
            try await call.once("third") { _ in tally.add("third") }
            try await call.play(.say("c"))
        }
    }

    @Test func `copies of a request that arrive together get one answer, and effects happen once`() async throws {
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        for result in ["1", "0", "0"] {
            let request = platform.request
            let answers = await withTaskGroup(of: Response.self) { group in
                for _ in 0..<50 { group.addTask { await host.respond(to: request) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 50 && Set(answers.map(\.text)).count == 1)
            platform.report(result, after: answers[0])
        }
        #expect(tally["run"] == 1 && tally["first"] == 1 && tally["second"] == 1 && tally["third"] == 1)
    }

    @Test func `a request that comes late again gets its answer, and no effect happens again`() async throws {
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        var exchanges: [(Request, String)] = []
        for result in ["1", "0", "0", ""] {
            let answer = await host.respond(to: platform.request)
            exchanges.append((platform.request, answer.text))
            platform.report(result, after: answer)
        }
        for (request, answer) in exchanges.shuffled() { #expect(await host.respond(to: request).text == answer) }
        #expect(tally["first"] == 1 && tally["second"] == 1 && tally["third"] == 1)
        // The call goes on as if nothing had been.
        platform.request.status = .hangup
        #expect(await host.respond(to: platform.request).text == "{}")
    }

    @Test func `after a kill a step whose value had not gone out runs again with the same key`() async throws {
        let request = try Platform().request
        _ = await FlowHost(quiet: flow).respond(to: request)
        _ = await FlowHost(quiet: flow).respond(to: request)
        #expect(tally["first"] == 2 && tally["once-421889-1-first"] == 2)
    }

    @Test func `after a kill a step whose value has gone out does not run again`() async throws {
        var platform = try Platform()
        platform.report("1", after: await FlowHost(quiet: flow).respond(to: platform.request))
        _ = await FlowHost(quiet: flow).respond(to: platform.request)
        _ = await FlowHost(quiet: flow).respond(to: platform.request)
        #expect(tally["first"] == 1 && tally["second"] == 2 && tally["once-421889-3-second"] == 2)
    }

    @Test func `an error of a step is the same error in every run`() async throws {
        struct Refused: Error {}
        let tally = tally
        let flow = CallFlow("refused", version: 1) { call in
            do {
                _ = try await call.once("admit") { _ -> Bool in
                    tally.add("admit")
                    throw Refused()
                }
            } catch CallError.stepFailed(let name, let reason) { try await call.play(.say("\(name): \(reason)")) }
            try await call.play(.say("Bye."))
        }
        var platform = try Platform()
        let first = await FlowHost(quiet: flow).respond(to: platform.request)
        #expect(first.text.contains("admit: Refused()"))
        platform.report("0", after: first)
        #expect(await FlowHost(quiet: flow).respond(to: platform.request).text.contains("Bye."))
        #expect(tally["admit"] == 1)
    }

    @Test(.timeLimit(.minutes(1)))
    func `different first requests of a call at the same time are all answered`() async throws {
        let flow = flow
        for call in 1...200 {
            let host = FlowHost(quiet: flow)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        var request = try! Platform(call: UInt64(call), variables: #"{"number":\#(number)}"#).request
                        if number == 7 { request.status = .hangup }
                        _ = await host.respond(to: request)
                    }
                }
            }
        }
    }

    @Test func `two steps at a time are refused`() async throws {
        let flow = CallFlow("two", version: 1) { call in
            async let one: Void = call.play(.say("one"))
            async let two: Void = call.play(.say("two"))
            do { _ = try await (one, two) } catch CallError.stepInProgress(let step) { tally.add(step) }
        }
        let host = FlowHost(quiet: flow)
        let answer = await host.respond(to: try Platform().request)
        #expect(answer.name == "play")
        var platform = try Platform()
        platform.report("0", after: answer)
        _ = await host.respond(to: platform.request)
        #expect(tally["play"] == 1)
    }
}
