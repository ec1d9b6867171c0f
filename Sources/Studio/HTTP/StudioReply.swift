import NIOHTTP1
import RealTimeAPI

/// An answer before it is written.
struct StudioReply: Sendable {
    /// What follows the header.
    enum Body: Sendable {
        case bytes([UInt8])
        /// So many bytes, a part at a time: those from an offset on, as many as there are or less, but one at least.
        case parts(count: Int, part: @Sendable (Int) -> [UInt8])

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .parts(let count, _): count
            }
        }
    }

    var status: HTTPResponseStatus
    var contentType: String
    var body: Body
    /// Fields of the header that not every answer has.
    var fields: [(name: String, value: String)] = []

    init(_ status: HTTPResponseStatus = .ok, _ contentType: String, _ body: Body) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// JSON that is known to be some.
    static func json(_ text: String, _ status: HTTPResponseStatus = .ok) -> StudioReply {
        StudioReply(status, "application/json", .bytes(Array(text.utf8)))
    }

    /// An object.
    static func json(_ members: [JSON.Member], _ status: HTTPResponseStatus = .ok) -> StudioReply {
        StudioReply(status, "application/json", .bytes(JSONText(read: members).bytes))
    }

    /// `{"error": ...}`.
    static func error(_ error: StudioError) -> StudioReply {
        var reply = json([JSON.Member("error", .string(error.message))], error.status)
        reply.fields = error.fields
        return reply
    }

    static func text(_ text: String, _ contentType: String = "text/plain; charset=utf-8") -> StudioReply {
        StudioReply(.ok, contentType, .bytes(Array(text.utf8)))
    }
}

/// Why a request is refused: the status, and one sentence.
struct StudioError: Error, Sendable {
    let status: HTTPResponseStatus
    let message: String
    var fields: [(name: String, value: String)] = []

    init(_ status: HTTPResponseStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    static let notFound = StudioError(.notFound, "there is nothing here by this name")

    static func notAllowed(_ allowed: String) -> StudioError {
        var error = StudioError(.methodNotAllowed, "only \(allowed) is allowed here")
        error.fields = [("Allow", allowed)]
        return error
    }
}

extension JSON {
    /// A number as short as it can be; null if it is none.
    static func double(_ value: Double?) -> JSON {
        guard let value, value.isFinite else { return .null }
        let text = "\(value)"
        return .number(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    /// Text, or null.
    static func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }

    /// Milliseconds.
    static func milliseconds(_ value: Duration?) -> JSON { .double(value.map { $0 / .milliseconds(1) }) }
}
