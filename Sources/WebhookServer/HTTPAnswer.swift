import NIOHTTP1
import RealTimeAPI

/// An answer before it is written.
struct HTTPAnswer: Sendable {
    let status: HTTPResponseStatus
    let body: [UInt8]
    /// What logs say of it: nothing that a request may have brought.
    let summary: String
    var contentType = "application/json"
    /// Fields of the header that not every answer has.
    var fields: [(name: String, value: String)] = []
    /// Whether the connection is closed after it, so that what is left of the request need not be read.
    var closes = false

    init(_ status: HTTPResponseStatus, _ body: some Collection<UInt8>, summary: String = "") {
        self.status = status
        self.summary = summary
        self.body = Array(body)
    }

    /// `{"error": ...}`.
    ///
    /// - Parameter summary: what logs say, if the message tells of what a request has brought.
    static func error(
        _ status: HTTPResponseStatus, _ message: String, summary: String? = nil, closes: Bool = false
    ) -> HTTPAnswer {
        // A string can always be written.
        let body = try! JSONText(encoding: .object([JSON.Member("error", .string(message))])).bytes
        var answer = HTTPAnswer(status, body, summary: summary ?? message)
        answer.closes = closes
        return answer
    }

    static func methodNotAllowed(_ allowed: String, _ method: HTTPMethod) -> HTTPAnswer {
        var answer = error(.methodNotAllowed, "the method is \(method), and only \(allowed) is allowed", closes: true)
        answer.fields.append(("Allow", allowed))
        return answer
    }
}
