import NIOCore
import NIOHTTP1

/// A request as far as it has arrived.
struct IncomingRequest {
    /// How a request is answered.
    struct Exchange: Equatable {
        /// Whether the connection ends with the answer.
        var isLast: Bool
        /// Whether the answer goes out without its body, as HEAD asks.
        let isHeadOnly: Bool
    }

    /// What an answer is made of.
    enum Content {
        /// The body, as far as it has arrived.
        case body(ByteBuffer)
        /// The head was enough: the answer goes out when the request is complete, and the body is ignored.
        case answer(HTTPAnswer)
    }

    private(set) var exchange: Exchange
    private(set) var content: Content
    /// Whether the client sends the body only when it is asked for it (RFC 9110, section 10.1.1).
    let expectsContinue: Bool

    /// A request whose head has arrived.
    ///
    /// - Parameter answer: what is answered, if the head is enough for it.
    init(_ head: HTTPRequestHead, answer: HTTPAnswer?) {
        // What follows an offer of another protocol is not read as HTTP/1.1 any more.
        exchange = Exchange(
            isLast: !head.isKeepAlive || head.headers.contains(name: "Upgrade"), isHeadOnly: head.method == .HEAD)
        content = answer.map(Content.answer) ?? .body(ByteBuffer())
        expectsContinue =
            head.version == .http1_1 && head.headers.first(name: "Expect")?.lowercased() == "100-continue"
    }

    /// What is refused without waiting for the rest of the request; nil if the rest is read.
    var refusal: HTTPAnswer? {
        if case .answer(let answer) = content, answer.closes { answer } else { nil }
    }

    /// Adds a part of the body.
    ///
    /// - Returns: whether the body is still no longer than the limit.
    mutating func append(_ part: ByteBuffer, limit: Int) -> Bool {
        guard case .body(var body) = content else { return true }
        // The body must not be shared while it grows, or each part would copy all of it.
        content = .body(ByteBuffer())
        if body.readableBytes == 0 { body = part } else { body.writeImmutableBuffer(part) }
        content = .body(body)
        return body.readableBytes <= limit
    }

    /// Makes the answer the connection's last one.
    mutating func makeLast() { exchange.isLast = true }
}
