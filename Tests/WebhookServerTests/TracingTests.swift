import InMemoryTracing
import RealTimeAPI
import TestSupport
import Testing
import Tracing

@testable import WebhookServer

/// The spans of requests.
@Suite(.timeLimit(.minutes(10))) struct TracingTests {
    private struct Broken: Error {}

    private let tracer = InMemoryTracer()

    @Test func `a request that the handler answers has a span, in the trace that its header names`() async throws {
        try await withTracer(tracer) {
            try await RunningServer.serve {
                $0.path = "/calls"
            } handler: { _ in
                #expect(ServiceContext.current?.inMemorySpanContext != nil)
                return Response(.wait(Wait()), commandID: 1)
            } _: { server in
                _ = server.post(
                    path: "/calls", fields: ["in-memory-trace-id: trace-9", "in-memory-span-id: span-9"])
                _ = server.post(path: "/calls")
                // No handler sees it.
                _ = server.post("{", path: "/calls")
            }
        }
        let spans = tracer.finishedSpans
        try #require(spans.count == 2)
        #expect(spans.allSatisfy { $0.operationName == "POST /calls" && $0.kind == .server && $0.status == nil })
        #expect(spans[0].traceID == "trace-9" && spans[0].parentSpanID == "span-9")
        #expect(spans[1].traceID != "trace-9" && spans[1].parentSpanID == nil)
        #expect(spans[0].attributes.get("http.request.method") == "POST")
        #expect(spans[0].attributes.get("http.route") == "/calls")
        #expect(spans[0].attributes.get("http.response.status_code") == 200)
        #expect(spans[0].attributes.get("callid") == "1")
    }

    @Test func `a handler that fails makes the span one of an error`() async throws {
        try await withTracer(tracer) {
            try await RunningServer.serve(handler: { _ in throw Broken() }) { server in _ = server.post() }
        }
        let span = try #require(tracer.finishedSpans.first)
        #expect(span.status == SpanStatus(code: .error) && span.errors.isEmpty)
        #expect(span.attributes.get("error.type") == "Broken")
    }
}
