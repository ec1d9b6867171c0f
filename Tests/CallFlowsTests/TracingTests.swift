import CallFlows
import InMemoryTracing
import RealTimeAPI
import Testing
import Tracing

/// The spans of requests, commands and what runs once.
@Suite(.timeLimit(.minutes(10))) struct TracingTests {
    private let tracer = InMemoryTracer()

    private func host(_ flow: CallFlow) -> FlowHost { withTracer(tracer) { FlowHost(quiet: flow) } }

    private func spans(_ name: String) -> [FinishedInMemorySpan] {
        tracer.finishedSpans.filter { $0.operationName == name }
    }

    private var order: CallFlow {
        let tracer = tracer
        return CallFlow("order", version: 1) { call in
            let number = try await call.read(.say("Your number?"), maxDigits: 10)
            _ = try await call.once("order") { _ in
                // A span of the user's own.
                tracer.startSpan("inner").end()
                return "\(number)"
            }
            try await call.play(.say("Thank you."))
        }
    }

    @Test func `each request has a span, which says what was reported and answered, and never digits`() async throws {
        let host = host(order)
        var platform = try Platform()
        platform.report("0612345678", after: await host.respond(to: platform.request))
        platform.report("0", after: await host.respond(to: platform.request))
        platform.hangUp(after: await host.respond(to: platform.request))
        _ = await host.respond(to: platform.request)
        let requests = spans("request")
        #expect(requests.map { $0.attributes.get("callid") } == Array(repeating: "421889", count: 4))
        #expect(requests.map { $0.attributes.get("reported") } == ["", "read", "play", "hangup"])
        #expect(requests.map { $0.attributes.get("answer") } == ["read", "play", "hangup", ""])
        #expect(requests.map { $0.attributes.get("status") } == ["UP", "UP", "UP", "HANGUP"])
        #expect(tracer.activeSpans.isEmpty)
        let text = tracer.finishedSpans.map { "\($0.operationName) \($0.attributes) \($0.errors) \($0.events)" }
        #expect(text.allSatisfy { !$0.contains("061") && !$0.contains("Your number") }, "\(text)")
    }

    @Test func `a command has a span from when the flow asks for it to its result`() async throws {
        let host = host(order)
        var platform = try Platform()
        let question = await host.respond(to: platform.request)
        #expect(tracer.activeSpans.map(\.operationName) == ["read"])
        platform.report("1", after: question)
        _ = await host.respond(to: platform.request)
        let read = try #require(spans("read").first)
        #expect(read.kind == .client && read.status == nil)
        #expect(read.attributes.get("callid") == "421889")
        #expect(read.attributes.get("flow") == "order")
        #expect(read.attributes.get("step") == 1)
        // In the trace of the request that the flow began to run with.
        #expect(read.parentSpanID == spans("request")[0].spanID)
    }

    @Test func `what a step runs has its spans within the step's`() async throws {
        let host = host(order)
        var platform = try Platform()
        platform.report("1", after: await host.respond(to: platform.request))
        _ = await host.respond(to: platform.request)
        let once = try #require(spans("once order").first)
        #expect(once.kind == .internal && once.attributes.get("step") == 2)
        #expect(spans("inner").map(\.parentSpanID) == [once.spanID])
    }

    @Test func `what comes from the journal has no span again`() async throws {
        var platform = try Platform()
        platform.report("1", after: await FlowHost(quiet: order).respond(to: platform.request))
        let host = host(order)
        platform.report("0", after: await host.respond(to: platform.request))
        _ = await host.respond(to: platform.request)
        #expect(
            tracer.finishedSpans.map(\.operationName).sorted() == ["inner", "once order", "play", "request", "request"])
    }

    @Test func `a caller who hangs up is no error, and a command that fails is one`() async throws {
        let failing = CallFlow("failing", version: 1) { call in
            try? await call.play(.library(1))
            try await call.play(.library(2))
        }
        let host = host(failing)
        var platform = try Platform()
        platform.report("", error: "no media 0612345678", after: await host.respond(to: platform.request))
        platform.hangUp(after: await host.respond(to: platform.request))
        _ = await host.respond(to: platform.request)
        // The flow's own task ends the second one.
        while spans("play").count < 2 { await Task.yield() }
        let plays = spans("play").sorted { "\($0.attributes.get("step")!)" < "\($1.attributes.get("step")!)" }
        #expect(plays.map { $0.attributes.get("error.type") } == ["command_failed", "ended"])
        #expect(plays.map(\.status) == [SpanStatus(code: .error), nil])
        #expect(plays.allSatisfy { $0.errors.isEmpty })
    }

    @Test func `a step that throws says the type of its error, not its text`() async throws {
        struct Declined: Error, CustomStringConvertible { let description = "card 4111 declined" }
        let host = host(
            CallFlow("paying", version: 1) { call in try await call.once("pay") { _ in throw Declined() } })
        _ = await host.respond(to: try Platform().request)
        let pay = try #require(spans("once pay").first)
        #expect(pay.status == SpanStatus(code: .error) && pay.errors.isEmpty)
        #expect(pay.attributes.get("error.type") == "Declined")
    }
}
