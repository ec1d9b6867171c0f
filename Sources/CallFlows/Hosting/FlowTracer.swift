import RealTimeAPI
import Tracing

/// The spans of a flow's requests and steps (swift-distributed-tracing).
///
/// A trace is told what the log is told: never digits, numbers, results, or the text of an error.
struct FlowTracer: Sendable {
    private let tracer: any Tracer

    /// - Returns: nil if no tracer is there, so that nothing of a span costs anything.
    init?(_ tracer: any Tracer = InstrumentationSystem.tracer) {
        if tracer is NoOpTracer { return nil }
        self.tracer = tracer
    }

    /// Answers a request within a span.
    func trace(_ request: Request, _ answer: () async -> Response) async -> Response {
        let span = tracer.startSpan("request")
        defer { span.end() }
        span.attributes["callid"] = "\(request.call)"
        span.attributes["status"] = request.status.loggedName
        span.attributes["reported"] = request.loggedCommand
        let response = await ServiceContext.$current.withValue(span.context) { await answer() }
        span.attributes["answer"] = response.command?.name ?? ""
        return response
    }

    /// Has a command sent within a span, which lasts until its result is there.
    func trace(
        _ command: Command, _ step: TracedStep, _ result: () async throws(CallError) -> ResultText
    ) async throws(CallError) -> ResultText {
        let span = begin(command.name, .client, step)
        defer { span.end() }
        do throws(CallError) { return try await result() } catch {
            span.attributes["error.type"] = error.code
            if error.isFault { span.setStatus(SpanStatus(code: .error)) }
            throw error
        }
    }

    /// What `once` runs, within a span; what it calls in turn has its spans there.
    func traced<Value>(
        _ name: String, _ step: TracedStep, _ body: @escaping @Sendable (_ key: String) async throws -> Value
    ) -> @Sendable (_ key: String) async throws -> Value {
        { key in
            let span = begin("once \(name)", .internal, step)
            defer { span.end() }
            return try await ServiceContext.$current.withValue(span.context) {
                do { return try await body(key) } catch {
                    // The type alone: what an error says is its thrower's, and may have digits.
                    if !(error is CancellationError) { span.setStatus(SpanStatus(code: .error)) }
                    span.attributes["error.type"] = "\(type(of: error))"
                    throw error
                }
            }
        }
    }

    private func begin(_ name: String, _ kind: SpanKind, _ step: TracedStep) -> any Span {
        let span = tracer.startSpan(name, ofKind: kind)
        span.attributes["callid"] = "\(step.call)"
        span.attributes["flow"] = step.flow
        span.attributes["step"] = step.number
        return span
    }
}

/// Which step of which call a span is of.
struct TracedStep: Sendable {
    let call: CallID
    let flow: String
    let number: Int
}

extension CallError {
    /// Whether something is wrong: that a caller hangs up, or that the call goes on elsewhere, is not.
    fileprivate var isFault: Bool {
        switch self {
        case .ended, .suspended: false
        case .commandFailed, .stepFailed, .journalFull, .flowChanged, .stepInProgress: true
        }
    }

    fileprivate var code: String {
        switch self {
        case .ended: "ended"
        case .commandFailed: "command_failed"
        case .stepFailed: "step_failed"
        case .journalFull: "journal_full"
        case .flowChanged: "flow_changed"
        case .stepInProgress: "step_in_progress"
        case .suspended: "suspended"
        }
    }
}
