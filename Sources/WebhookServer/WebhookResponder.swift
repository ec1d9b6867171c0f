import Logging
import NIOCore
import NIOHTTP1
import RealTimeAPI
import Synchronization
import Tracing

/// Answers HTTP requests.
final class WebhookResponder: Sendable {
    let configuration: WebhookServerConfiguration
    private let logger: Logger
    private let handler: WebhookServer.Handler
    let tracer: RequestTracer?
    /// So that nobody fills a disk with lines about nonsense.
    private let logLimit: RateLimit
    /// How many requests the handler has, or has answered to a connection that does not know yet.
    private let handled = Atomic(0)

    init(
        configuration: WebhookServerConfiguration, logger: Logger, handler: @escaping WebhookServer.Handler
    ) {
        self.configuration = configuration
        self.logger = logger
        self.handler = handler
        tracer = RequestTracer(path: configuration.path)
        logLimit = RateLimit(count: 10, per: .seconds(10)) { count in
            logger.info("more requests were refused, and not logged", metadata: ["count": "\(count)"])
        }
    }

    /// The answer to a request whose head is enough for it; nil if it takes the body.
    func answer(to head: HTTPRequestHead) -> HTTPAnswer? {
        if let refusal = Self.refusal(ofHostIn: head) ?? Self.refusal(ofCodingsIn: head) { return refusal }
        guard let path = RequestTarget(head.uri)?.path else {
            return .error(.badRequest, "the request's target must be a path, or a URL of http or https", closes: true)
        }
        switch path {
        case Substring(configuration.path): return refusal(of: head)
        case "/health": return page(head, HTTPAnswer(.ok, #"{"status":"ok"}"#.utf8))
        case "/metrics": return metricsPage(head)
        default:
            return .error(.notFound, "there is nothing here; the webhook is POST \(configuration.path)", closes: true)
        }
    }

    /// What is wrong with a request's Host field (RFC 9112, section 3.2).
    private static func refusal(ofHostIn head: HTTPRequestHead) -> HTTPAnswer? {
        let hosts = head.headers["Host"]
        guard let host = hosts.first else {
            return head.version == .http1_0 ? nil : .error(.badRequest, "the request has no Host field", closes: true)
        }
        if hosts.count > 1 { return refusal(ofRepeated: "Host", in: head) }
        // A client whose target has no host sends an empty field.
        guard host.isEmpty || RequestTarget.isHost(host[...]) else {
            return .error(.badRequest, "the Host field is not a host and a port", closes: true)
        }
        return nil
    }

    /// What is wrong with a field that must not be repeated.
    private static func refusal(ofRepeated name: String, in head: HTTPRequestHead) -> HTTPAnswer? {
        let count = head.headers[name].count
        return count > 1 ? .error(.badRequest, "the request has \(count) \(name) fields", closes: true) : nil
    }

    /// The answer to a body that is not in chunks alone (RFC 9112, section 6.1).
    private static func refusal(ofCodingsIn head: HTTPRequestHead) -> HTTPAnswer? {
        let codings = head.headers[canonicalForm: "Transfer-Encoding"].map { $0.lowercased() }
        guard let last = codings.last, codings != ["chunked"] else { return nil }
        guard last == "chunked", !codings.dropLast().contains("chunked") else {
            return .error(.badRequest, "Transfer-Encoding must end with chunked, and have it once", closes: true)
        }
        return .error(.notImplemented, "the only Transfer-Encoding that is read is chunked", closes: true)
    }

    /// The answer to a body that is too long.
    var tooLarge: HTTPAnswer {
        .error(
            .payloadTooLarge, "the body is longer than the \(configuration.maximumBodySize) bytes that are allowed",
            closes: true)
    }

    /// The answer to a long request, while others hold all that may be held.
    var overfull: HTTPAnswer {
        .error(.serviceUnavailable, "too many long requests are in progress: try again later", closes: true)
    }

    /// The answer to a request for which there is no room.
    func busy(_ limit: Int) -> HTTPAnswer {
        .error(
            .serviceUnavailable, "\(limit) requests are being answered, which is the limit: try again later",
            closes: true)
    }

    /// The answer to a connection that gives way to a newer one.
    func crowded(_ limit: Int) -> HTTPAnswer {
        .error(.serviceUnavailable, "there are \(limit) connections, which is the limit: try again later")
    }

    /// Counts a request that is refused, and logs it unless too many were.
    func reportRefusal(_ answer: HTTPAnswer) {
        RefusedRequests.count(answer.status)
        guard logLimit.enter() else { return }
        logger.info(
            "a request was refused",
            metadata: ["status": "\(answer.status.code)", "error": "\(answer.summary)"])
    }

    /// Logs how many refused requests were not logged: the server ends.
    func finishLog() { logLimit.finish() }

    private func page(_ head: HTTPRequestHead, _ answer: HTTPAnswer) -> HTTPAnswer {
        head.method == .GET || head.method == .HEAD ? answer : .methodNotAllowed("GET, HEAD", head.method)
    }

    private func metricsPage(_ head: HTTPRequestHead) -> HTTPAnswer {
        guard let metrics = configuration.metrics else { return .error(.notFound, "metrics are not collected here") }
        if !configuration.metricsAreOpen, let refusal = unauthorized(head) { return refusal }
        var answer = HTTPAnswer(.ok, metrics.text.utf8)
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
        return page(head, answer)
    }

    /// What is wrong with a request of the webhook.
    private func refusal(of head: HTTPRequestHead) -> HTTPAnswer? {
        guard head.method == .POST else { return .methodNotAllowed("POST", head.method) }
        if let refusal = unauthorized(head) ?? Self.refusal(ofRepeated: "Content-Type", in: head) { return refusal }
        guard Self.isJSON(head.headers.first(name: "Content-Type")) else {
            return .error(.unsupportedMediaType, "the content type must be application/json", closes: true)
        }
        guard head.headers["Content-Encoding"].allSatisfy({ $0.isEmpty || $0.lowercased() == "identity" }) else {
            var answer = HTTPAnswer.error(
                .unsupportedMediaType, "the body must not be compressed: Content-Encoding must be identity",
                closes: true)
            answer.fields.append(("Accept-Encoding", "identity"))
            return answer
        }
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        return length > configuration.maximumBodySize ? tooLarge : nil
    }

    /// What is answered to a request without the credentials that are asked for.
    private func unauthorized(_ head: HTTPRequestHead) -> HTTPAnswer? {
        guard let credentials = configuration.credentials else { return nil }
        if let refusal = Self.refusal(ofRepeated: "Authorization", in: head) { return refusal }
        guard !credentials.match(head.headers.first(name: "Authorization")) else { return nil }
        var answer = HTTPAnswer.error(.unauthorized, "the login or the password is wrong", closes: true)
        answer.fields.append(("WWW-Authenticate", #"Basic realm="rtmedia", charset="UTF-8""#))
        return answer
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        if contentType == "application/json" { return true }
        let type = contentType.prefix { $0 != ";" }
        return type.lowercased().filter { $0 != " " } == "application/json"
    }

    /// The answer to a body that can't be read.
    func refusal(of error: MessageError) -> HTTPAnswer {
        .error(
            .badRequest, "the body is not a request: \(error.description)",
            summary: "the body is not a request: " + error.findings.map(Self.logged).joined(separator: "; "))
    }

    /// What logs say of an error: of text that is no JSON they would show a character, which may be a digit.
    private static func logged(_ finding: Finding) -> String {
        finding.pointer.isEmpty ? finding.withoutValue.withoutNumbers : finding.withoutValue
    }

    /// Whether the handler has a request.
    var isHandling: Bool { handled.load(ordering: .acquiring) > 0 }

    /// The handler has a request, until ``endHandling()``.
    func beginHandling() { handled.add(1, ordering: .relaxed) }

    /// A connection has what the handler answered.
    func endHandling() { handled.subtract(1, ordering: .releasing) }

    /// The handler's answer.
    ///
    /// - Parameter context: the trace that the request belongs to; nil if there is no tracer.
    func answer(to request: Request, in context: ServiceContext?) async -> HTTPAnswer {
        do {
            let response =
                if let tracer, let context {
                    try await tracer.trace(request, in: context, handler)
                } else {
                    try await handler(request)
                }
            return HTTPAnswer(.ok, response.json)
        } catch {
            logger.error(
                "the handler failed, and the call is hung up",
                metadata: ["callid": "\(request.call)", "error": "\("\(error)".withoutNumbers.harmless)"])
            let hangup = request.status.isFinal ? nil : Command.hangup(Hangup())
            return HTTPAnswer(.ok, Response(hangup).json)
        }
    }
}
