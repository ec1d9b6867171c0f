import CallFlows
import RealTimeAPI
import TelephonyAudio
import Testing

/// Repeated requests, and what has an effect.
@Suite(.timeLimit(.minutes(10))) struct OnceTests {
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
        var random = SplitMix64(seed: 1)
        for (request, answer) in exchanges.shuffled(using: &random) {
            #expect(await host.respond(to: request).text == answer)
        }
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

    @Test(arguments: [false, true])
    func `different first requests of a call at the same time are all answered`(oneIsTheEnd: Bool) async throws {
        let flow = flow
        for call in 1...200 {
            var answered = 0
            let host = FlowHost(quiet: flow)
            let requests = try (0..<8).map { number in
                var request = try Platform(call: UInt64(call), variables: #"{"number":\#(number)}"#).request
                if number == 7, oneIsTheEnd { request.status = .hangup }
                return request
            }
            try await withThrowingTaskGroup(of: (Request, Response).self) { group in
                for request in requests { group.addTask { (request, await host.respond(to: request)) } }
                for try await (request, answer) in group {
                    // Nothing is to be done for a request that another one has replaced.
                    guard answer.text != "{}" else { continue }
                    answered += 1
                    #expect(answer.name == "read" && !request.status.isFinal)
                    let number = try #require(request.variables.value["number"])
                    #expect(answer.variables?.value["number"] == number)
                }
            }
            #expect(host.callCount == 1)
            // The last one is, unless that is the end.
            #expect(answered >= 1 || oneIsTheEnd)
        }
    }

    @Test func `a step that is tried while a once runs is refused`() async throws {
        let tally = tally
        let flow = CallFlow("two", version: 1) { call in
            let (hasBegun, mayEnd) = (Gate(), Gate())
            async let first: Void = call.once("first") { _ in
                hasBegun.open()
                await mayEnd.wait()
            }
            await hasBegun.wait()
            do { try await call.play(.say("second")) } catch CallError.stepInProgress(let step) { tally.add(step) }
            mayEnd.open()
            try await first
        }
        #expect(await FlowHost(quiet: flow).respond(to: try Platform().request).name == "hangup")
        #expect(tally["play"] == 1)
    }

    @Test func `a step that is tried while a command has no result yet is refused`() async throws {
        let tally = tally
        let isSent = Gate()
        let flow = CallFlow("two", version: 1) { call in
            async let first: Void = call.play(.say("first"))
            await isSent.wait()
            do { try await call.play(.say("second")) } catch CallError.stepInProgress(let step) { tally.add(step) }
            try await first
        }
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        #expect(answer.text.contains("first"))
        isSent.open()
        while tally["play"] == 0 { await Task.yield() }
        platform.report("0", after: answer)
        #expect(await host.respond(to: platform.request).name == "hangup")
    }
}
