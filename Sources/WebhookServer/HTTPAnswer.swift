import NIOCore
import NIOHTTP1
import RealTimeProtocol

/// An answer before it is written.
struct HTTPAnswer: Sendable {
    let status: HTTPResponseStatus
    let body: ByteBuffer
    var contentType = "application/json"
    var headers = HTTPHeaders()
    /// Whether the connection is closed after it, so that what is left of the request need not be read.
    var closes = false

    init(_ status: HTTPResponseStatus, _ body: some Collection<UInt8>) {
        self.status = status
        self.body = ByteBuffer(bytes: body)
    }

    /// `{"error": ...}`.
    static func error(_ status: HTTPResponseStatus, _ message: String, closes: Bool = false) -> HTTPAnswer {
        // A string can always be written.
        var answer = HTTPAnswer(
            status, try! JSONText(encoding: .object([JSON.Member("error", .string(message))])).bytes)
        answer.closes = closes
        return answer
    }

    static func methodNotAllowed(_ allowed: String, _ method: HTTPMethod) -> HTTPAnswer {
        var answer = error(.methodNotAllowed, "the method is \(method), and only \(allowed) is allowed", closes: true)
        answer.headers.add(name: "Allow", value: allowed)
        return answer
    }
}
