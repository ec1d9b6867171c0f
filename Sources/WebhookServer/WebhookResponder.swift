import Logging
import NIOCore
import NIOHTTP1
import RealTimeAPI
import Synchronization

/// Answers HTTP requests.
final class WebhookResponder: Sendable {
    let configuration: WebhookServerConfiguration
    private let logger: Logger
    private let handler: WebhookServer.Handler
    /// So that nobody fills a disk with lines about nonsense.
    private let logLimit = RateLimit(count: 10, per: .seconds(10))
    /// How many requests the handler has, or has answered to a connection that does not know yet.
    private let handled = Atomic(0)

    init(
        configuration: WebhookServerConfiguration, logger: Logger, handler: @escaping WebhookServer.Handler
    ) {
        self.configuration = configuration
        self.logger = logger
        self.handler = handler
    }

    /// The answer to a request whose head is enough for it; nil if it takes the body.
    func answer(to head: HTTPRequestHead) -> HTTPAnswer? {
        let hostCount = head.headers["Host"].count
        // RFC 9112, section 3.2.
        guard hostCount == 1 || hostCount == 0 && head.version == .http1_0 else {
            return .error(
                .badRequest, "the request has \(hostCount == 0 ? "no Host field" : "\(hostCount) Host fields")",
                closes: true)
        }
        switch Self.path(head.uri) {
        case Substring(configuration.path): return refusal(of: head)
        case "/health": return page(head, HTTPAnswer(.ok, #"{"status":"ok"}"#.utf8))
        case "/metrics": return metricsPage(head)
        default: return .error(.notFound, "nothing is here; the webhook is POST \(configuration.path)", closes: true)
        }
    }

    /// The path of a request's target, which a client may send in absolute form, as to a proxy (RFC 9112, section 3.2.2).
    private static func path(_ target: String) -> Substring {
        let path = target.prefix { $0 != "?" && $0 != "#" }
        guard !path.hasPrefix("/"), let scheme = path.firstRange(of: "://") else { return path }
        return path[scheme.upperBound...].firstIndex(of: "/").map { path[$0...] } ?? "/"
    }

    /// The answer to a body that is too long.
    var tooLarge: HTTPAnswer {
        .error(
            .payloadTooLarge, "the body is longer than the \(configuration.maximumBodySize) bytes that are allowed",
            closes: true)
    }

    /// The answer to a long request, while others hold all that may be held.
    var overfull: HTTPAnswer {
        .error(.serviceUnavailable, "too many long requests are under way: try again later", closes: true)
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
        guard let passedOver = logLimit.enter() else { return }
        var metadata: Logger.Metadata = ["status": "\(answer.status.code)", "error": "\(answer.summary)"]
        if passedOver > 0 { metadata["not_logged_before"] = "\(passedOver)" }
        logger.info("a request was refused", metadata: metadata)
    }

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
        if let refusal = unauthorized(head) { return refusal }
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
            .badRequest, "the body is no request: \(error.description)",
            summary: "the body is no request: " + error.findings.map(\.withoutValue).joined(separator: "; "))
    }

    /// Whether the handler has a request.
    var isHandling: Bool { handled.load(ordering: .acquiring) > 0 }

    /// The handler has a request, until ``endHandling()``.
    func beginHandling() { handled.add(1, ordering: .relaxed) }

    /// A connection has what the handler answered.
    func endHandling() { handled.subtract(1, ordering: .releasing) }

    /// The handler's answer.
    func answer(to request: Request) async -> HTTPAnswer {
        do { return HTTPAnswer(.ok, try await handler(request).json) } catch {
            logger.error(
                "the handler failed, and the call is hung up",
                metadata: ["callid": "\(request.call)", "error": "\("\(error)".withoutNumbers.harmless)"])
            let hangup = request.status.isFinal ? nil : Command.hangup(Hangup())
            return HTTPAnswer(.ok, Response(hangup).json)
        }
    }
}
