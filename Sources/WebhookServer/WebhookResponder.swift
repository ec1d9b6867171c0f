import Logging
import NIOCore
import NIOHTTP1
import RealTimeAPI

/// Answers HTTP requests.
struct WebhookResponder: Sendable {
    let configuration: WebhookServerConfiguration
    let logger: Logger
    let handler: WebhookServer.Handler

    /// The answer to a request whose head is enough for it; nil if it takes the body.
    func answer(to head: HTTPRequestHead) -> HTTPAnswer? {
        switch head.uri.prefix(while: { $0 != "?" }) {
        case Substring(configuration.path): refusal(of: head)
        case "/health": page(head, HTTPAnswer(.ok, #"{"status":"ok"}"#.utf8))
        case "/metrics": metricsPage(head)
        default: .error(.notFound, "nothing is here; the webhook is POST \(configuration.path)", closes: true)
        }
    }

    var tooLarge: HTTPAnswer {
        .error(
            .payloadTooLarge, "the body is longer than the \(configuration.maximumBodySize) bytes that are allowed",
            closes: true)
    }

    func reportRefusal(_ answer: HTTPAnswer) {
        RefusedRequests.count(answer.status)
        logger.info(
            "a request was refused",
            metadata: ["status": "\(answer.status.code)", "error": "\(answer.summary)"])
    }

    private func page(_ head: HTTPRequestHead, _ answer: HTTPAnswer) -> HTTPAnswer {
        head.method == .GET || head.method == .HEAD ? answer : .methodNotAllowed("GET, HEAD", head.method)
    }

    private func metricsPage(_ head: HTTPRequestHead) -> HTTPAnswer {
        guard let metrics = configuration.metrics else { return .error(.notFound, "metrics are not collected here") }
        var answer = HTTPAnswer(.ok, metrics.text.utf8)
        answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
        return page(head, answer)
    }

    /// What is wrong with a request of the webhook.
    private func refusal(of head: HTTPRequestHead) -> HTTPAnswer? {
        guard head.method == .POST else { return .methodNotAllowed("POST", head.method) }
        if let credentials = configuration.credentials, !credentials.match(head.headers.first(name: "Authorization")) {
            var answer = HTTPAnswer.error(.unauthorized, "the login or the password is wrong", closes: true)
            answer.fields.append(("WWW-Authenticate", #"Basic realm="rtmedia", charset="UTF-8""#))
            return answer
        }
        guard Self.isJSON(head.headers.first(name: "Content-Type")) else {
            return .error(.unsupportedMediaType, "the content type must be application/json", closes: true)
        }
        let length = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
        return length > configuration.maximumBodySize ? tooLarge : nil
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

    /// The handler's answer.
    func answer(to request: Request) async -> HTTPAnswer {
        do { return HTTPAnswer(.ok, try await handler(request).json) } catch {
            logger.error(
                "the handler failed, and the call is hung up",
                metadata: ["callid": "\(request.call)", "error": "\("\(error)".harmless)"])
            let hangup = request.status.isFinal ? nil : Command.hangup(Hangup())
            return HTTPAnswer(.ok, Response(hangup).json)
        }
    }
}
