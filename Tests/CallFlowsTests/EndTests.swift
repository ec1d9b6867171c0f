import CallFlows
import RealTimeAPI
import Synchronization
import Testing

/// How calls end.
@Suite(.timeLimit(.minutes(10))) struct EndTests {
    private final class Ends: Sendable {
        private let ends = Mutex<[String]>([])
        func add(_ end: String) { ends.withLock { $0.append(end) } }
        var all: [String] { ends.withLock { $0 } }
    }

    private let ends = Ends()

    private func flow(_ body: @escaping @Sendable (Call) async throws -> Void) -> CallFlow {
        let ends = ends
        var flow = CallFlow("end", version: 1, body: body)
        flow.onEnd = { end in ends.add("\(end.request.status.name) \(end.outcome)") }
        return flow
    }

    @Test(arguments: [CallStatus.hangup, .noAnswer, .congestion, .busy, .rejected, .other("LOST")])
    func `every final status ends the flow once`(_ status: CallStatus) async throws {
        let ends = ends
        let host = FlowHost(
            quiet: flow { call in
                defer { ends.add("defer") }
                do { try await call.play(.library(1)) } catch {
                    ends.add("\(error)")
                    do { try await call.play(.library(2)) } catch { ends.add("\(error)") }
                    throw error
                }
            })
        var platform = try Platform()
        platform.hangUp(status, after: await host.respond(to: platform.request))
        for _ in 0..<3 { #expect(await host.respond(to: platform.request).text == "{}") }
        let error = "the call is over: \(status.name)"
        #expect(ends.all == [error, error, "defer", "\(status.name) interrupted"])
    }

    @Test func `a call that is over before it began only has its end`() async throws {
        let host = FlowHost(quiet: flow { call in try await call.play(.library(1)) })
        let request = try Platform(status: .busy).request
        #expect(await host.respond(to: request).text == "{}")
        #expect(ends.all == ["BUSY interrupted"])
    }

    @Test func `the end reaches a flow at another instance`() async throws {
        let ends = ends
        let flow = flow { call in
            do { try await call.play(.library(1)) } catch CallError.ended {
                try await call.once("clean up") { key in ends.add(key) }
            }
        }
        var platform = try Platform()
        platform.hangUp(after: await FlowHost(quiet: flow).respond(to: platform.request))
        #expect(await FlowHost(quiet: flow).respond(to: platform.request).text == "{}")
        #expect(ends.all == ["end-421889-2-clean up", "HANGUP completed"])
    }

    @Test func `a result that comes with the end is not lost`() async throws {
        let ends = ends
        let flow = flow { call in
            let message = try await call.record(silence: .seconds(2))
            try await call.once("save") { _ in ends.add(message.rawValue) }
            try await call.play(.say("Saved."))
        }
        for isNew in [false, true] {
            let first = FlowHost(quiet: flow)
            var platform = try Platform()
            platform.hangUp(result: "tmp/1.wav", after: await first.respond(to: platform.request))
            let host = isNew ? FlowHost(quiet: flow) : first
            #expect(await host.respond(to: platform.request).text == "{}")
        }
        #expect(ends.all == ["tmp/1.wav", "HANGUP interrupted", "tmp/1.wav", "HANGUP interrupted"])
    }

    @Test(arguments: ["{}", "earlier"])
    func `an end without the journal of the call, or with an earlier one, ends nothing`(_ variables: String)
        async throws
    {
        let host = FlowHost(quiet: flow { call in for _ in 0..<3 { try await call.play(.library(1)) } })
        var platform = try Platform()
        platform.report("0", after: await host.respond(to: platform.request))
        let earlier = platform.request.variables
        platform.report("0", after: await host.respond(to: platform.request))
        let answer = await host.respond(to: platform.request)
        var forged = try Platform(status: .hangup).request
        if variables == "earlier" { forged.variables = earlier }
        #expect(await host.respond(to: forged).text == "{}")
        #expect(ends.all.isEmpty)
        platform.hangUp(after: answer)
        #expect(await host.respond(to: platform.request).text == "{}")
        #expect(ends.all == ["HANGUP interrupted"])
    }

    @Test func `what a flow does at its end is not cut off when other calls need its place`() async throws {
        let ends = ends
        let (permits, permit) = AsyncStream<Void>.makeStream()
        let flow = flow { call in
            do { try await call.play(.library(1)) } catch CallError.ended {
                try await call.once("refund") { _ in
                    for await _ in permits { break }
                    ends.add(Task.isCancelled ? "cancelled" : "refunded")
                }
            }
        }
        var options = FlowHostOptions()
        options.maximumCalls = 1
        let clock = ManualClock()
        let host = FlowHost(quiet: flow, options: options, clock: clock)
        var platform = try Platform()
        platform.hangUp(after: await host.respond(to: platform.request))
        let request = platform.request
        #expect(await clock.advance { await host.respond(to: request) }.text == "{}")
        for call in 1...3 { _ = await host.respond(to: try Platform(call: UInt64(call)).request) }
        permit.yield()
        while ends.all.count < 2 { await Task.yield() }
        #expect(ends.all == ["refunded", "HANGUP completed"])
    }

    @Test func `what a flow does at its end is not cut off when another end is reported`() async throws {
        let ends = ends
        let (beginnings, beginning) = AsyncStream<Void>.makeStream()
        let (permits, permit) = AsyncStream<Void>.makeStream()
        let flow = flow { call in
            do { try await call.play(.library(1)) } catch CallError.ended {
                try await call.once("refund") { _ in
                    beginning.yield()
                    for await _ in permits { break }
                    ends.add(Task.isCancelled ? "cancelled" : "refunded")
                }
            }
        }
        let host = FlowHost(quiet: flow)
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        platform.hangUp(after: answer)
        let first = platform.request
        platform.hangUp(.congestion, after: answer)
        let second = platform.request
        async let earlier = host.respond(to: first)
        for await _ in beginnings { break }
        async let later = host.respond(to: second)
        // It is answered when the second end is taken.
        #expect(await earlier.text == "{}")
        permit.yield()
        #expect(await later.text == "{}")
        #expect(ends.all == ["refunded", "CONGESTION completed"])
    }

    @Test func `the end of the function hangs up, and is its end`() async throws {
        let host = FlowHost(quiet: flow { _ in })
        var platform = try Platform()
        let answer = await host.respond(to: platform.request)
        #expect(answer.name == "hangup")
        #expect(ends.all.isEmpty)
        platform.hangUp(after: answer)
        #expect(await host.respond(to: platform.request).text == "{}")
        #expect(ends.all == ["HANGUP completed"])
    }

    @Test func `an error becomes the fallback, at any instance`() async throws {
        struct DatabaseIsDown: Error {}
        var flow = flow { _ in throw DatabaseIsDown() }
        flow.fallback = [.play(Play(.library(1))), .play(Play(.library(2)))]
        for isNew in [false, true] {
            var host = FlowHost(quiet: flow)
            var platform = try Platform()
            var names: [String] = []
            for _ in 0..<4 {
                let answer = await host.respond(to: platform.request)
                names.append(answer.name)
                platform.report("0", after: answer)
                if isNew { host = FlowHost(quiet: flow) }
            }
            #expect(names == ["play", "play", "hangup", "hangup"])
            platform.request.status = .hangup
            #expect(await host.respond(to: platform.request).text == "{}")
        }
        #expect(ends.all == ["HANGUP failed", "HANGUP failed"])
    }

    @Test func `a command that fails throws, also one that cannot be sent`() async throws {
        let flow = flow { call in
            do { try await call.play(.library(1)) } catch CallError.commandFailed(let command, let reason) {
                try await call.play(.say("\(command): \(reason)"))
            }
            do { _ = try await call.read(.say("?"), maxDigits: 99) } catch CallError.commandFailed(_, let reason) {
                try await call.play(.say(reason))
            }
            do { try await call.play(.audio("nosuch.wav")) } catch CallError.commandFailed(_, let reason) {
                try await call.play(.say(reason))
            }
        }
        var host = FlowHost(quiet: flow)
        var platform = try Platform()
        platform.report("", error: "no such media", after: await host.respond(to: platform.request))
        var answers: [String] = []
        for _ in 0..<3 {
            let answer = await host.respond(to: platform.request)
            answers.append(answer.text)
            platform.report("0", after: answer)
            host = FlowHost(quiet: flow)
        }
        #expect(answers[0].contains("play: no such media"))
        #expect(answers[1].contains("/max_digits is over the maximum 20"))
        #expect(answers[2].contains("nosuch.wav"))
    }
}
