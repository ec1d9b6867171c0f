import NIOHTTP1
import RealTimeAPI
import Tracing

/// The spans of requests that a handler answers (swift-distributed-tracing), within the trace that their header names.
struct RequestTracer: Sendable {
    private let tracer: any Tracer
    private let path: String

    /// - Parameter path: the webhook's.
    /// - Returns: nil if no tracer is there, so that nothing of a span costs anything.
    init?(path: String, _ tracer: any Tracer = InstrumentationSystem.tracer) {
        if tracer is NoOpTracer { return nil }
        self.tracer = tracer
        self.path = path
    }

    /// The trace that a request belongs to, as its header says.
    func context(of head: HTTPRequestHead) -> ServiceContext {
        var context = ServiceContext.topLevel
        tracer.extract(head.headers, into: &context, using: HeaderExtractor())
        return context
    }

    /// Has a handler answer within a span, which is named as OpenTelemetry's conventions for HTTP say.
    func trace(_ request: Request, in context: ServiceContext, _ handler: WebhookServer.Handler) async throws
        -> Response
    {
        let span = tracer.startSpan("POST \(path)", context: context, ofKind: .server)
        defer { span.end() }
        span.attributes["http.request.method"] = "POST"
        span.attributes["http.route"] = path
        // Also if the handler fails: then the call is hung up.
        span.attributes["http.response.status_code"] = 200
        span.attributes["callid"] = "\(request.call)"
        return try await ServiceContext.$current.withValue(span.context) {
            do { return try await handler(request) } catch {
                // The type alone: what an error says may have digits.
                span.attributes["error.type"] = "\(type(of: error))"
                span.setStatus(SpanStatus(code: .error))
                throw error
            }
        }
    }

    private struct HeaderExtractor: Extractor {
        func extract(key: String, from headers: HTTPHeaders) -> String? { headers.first(name: key) }
    }
}
