import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import RealTimeProtocol

/// Answers HTTP requests.
struct WebhookResponder: Sendable {
    let configuration: WebhookServerConfiguration
    let logger: Logger
    let handler: WebhookServer.Handler

    func respond(
        to request: HummingbirdCore.Request, _ writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        let answer = await answer(to: request)
        if answer.status != .ok { reportRefusal(answer) }
        var fields = answer.fields
        fields[.contentType] = answer.contentType
        fields[.contentLength] = String(answer.body.count)
        if answer.closes { fields[.connection] = "close" }
        try await writer.write(
            response: HTTPResponse(status: answer.status, headerFields: fields),
            body: request.method == .head ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        // What the client still sends is read, until it has seen the end, so that it gets the answer.
        if answer.closes { channel.close(mode: .output, promise: nil) }
    }

    private func reportRefusal(_ answer: HTTPAnswer) {
        RefusedRequests.count(answer.status)
        logger.info(
            "a request was refused",
            metadata: ["status": "\(answer.status.code)", "answer": "\(String(decoding: answer.body, as: UTF8.self))"])
    }

    private func answer(to request: HummingbirdCore.Request) async -> HTTPAnswer {
        let path = request.head.path?.prefix { $0 != "?" } ?? ""
        switch path {
        case Substring(configuration.path):
            guard request.method == .post else { return .methodNotAllowed("POST", request.method.rawValue) }
            return await webhook(request)
        case "/health":
            guard request.method == .get else { return .methodNotAllowed("GET", request.method.rawValue) }
            return HTTPAnswer(.ok, Array(#"{"status":"ok"}"#.utf8))
        case "/metrics":
            guard let metrics = configuration.metrics else {
                return .error(.notFound, "metrics are not collected here")
            }
            guard request.method == .get else { return .methodNotAllowed("GET", request.method.rawValue) }
            var answer = HTTPAnswer(.ok, Array(metrics.text.utf8))
            answer.contentType = "text/plain; version=0.0.4; charset=utf-8"
            return answer
        default:
            return .error(.notFound, "nothing is here; the webhook is POST \(configuration.path)", closes: true)
        }
    }

    private func webhook(_ request: HummingbirdCore.Request) async -> HTTPAnswer {
        if let credentials = configuration.credentials, !credentials.match(request.headers[.authorization]) {
            var answer = HTTPAnswer.error(.unauthorized, "the login or the password is wrong", closes: true)
            answer.fields[.wwwAuthenticate] = #"Basic realm="rtmedia", charset="UTF-8""#
            return answer
        }
        guard Self.isJSON(request.headers[.contentType]) else {
            return .error(.unsupportedMediaType, "the content type must be application/json", closes: true)
        }
        let limit = configuration.maximumBodySize
        let tooLarge = HTTPAnswer.error(
            .contentTooLarge, "the body is longer than the \(limit) bytes that are allowed", closes: true)
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { return tooLarge }
        let body: ByteBuffer
        do { body = try await request.body.collect(upTo: limit) } catch is NIOTooManyBytesError {
            return tooLarge
        } catch {
            return .error(.badRequest, "the body did not arrive", closes: true)
        }
        return await command(Array(body.readableBytesView))
    }

    private func command(_ body: [UInt8]) async -> HTTPAnswer {
        let request: RealTimeProtocol.Request
        do throws(MessageError) { request = try RealTimeProtocol.Request(json: body) } catch {
            return .error(.badRequest, "the body is no request: \(error.description)")
        }
        do { return HTTPAnswer(.ok, try await handler(request).json) } catch {
            logger.error(
                "the handler failed, and the call is hung up",
                metadata: ["callid": "\(request.call)", "error": "\(error)"])
            let hangup = request.status.isFinal ? nil : Command.hangup(Hangup())
            return HTTPAnswer(.ok, RealTimeProtocol.Response(hangup).json)
        }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let type = contentType.prefix { $0 != ";" }
        return type.lowercased().filter { $0 != " " } == "application/json"
    }
}

/// An answer before it is written.
struct HTTPAnswer {
    let status: HTTPResponse.Status
    let body: [UInt8]
    var contentType = "application/json"
    var fields = HTTPFields()
    /// Whether the connection is closed after it, so that what is left of the request need not be read.
    var closes = false

    init(_ status: HTTPResponse.Status, _ body: [UInt8]) {
        self.status = status
        self.body = body
    }

    /// `{"error": ...}`.
    static func error(_ status: HTTPResponse.Status, _ message: String, closes: Bool = false) -> HTTPAnswer {
        var answer = HTTPAnswer(status, errorBody(message))
        answer.closes = closes
        return answer
    }

    static func methodNotAllowed(_ allowed: String, _ method: String) -> HTTPAnswer {
        var answer = error(.methodNotAllowed, "the method is \(method), and only \(allowed) is allowed", closes: true)
        answer.fields[.allow] = allowed
        return answer
    }

    static func errorBody(_ message: String) -> [UInt8] {
        // A string can always be written.
        try! JSONText(encoding: .object([JSON.Member("error", .string(message))])).bytes
    }
}
