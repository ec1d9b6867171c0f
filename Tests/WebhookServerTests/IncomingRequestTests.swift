import NIOCore
import NIOHTTP1
import Testing

@testable import WebhookServer

/// A request as far as it has arrived.
@Suite struct IncomingRequestTests {
    private func request(
        _ version: HTTPVersion = .http1_1, _ method: HTTPMethod = .POST, _ fields: [(String, String)] = []
    ) -> IncomingRequest {
        IncomingRequest(
            HTTPRequestHead(version: version, method: method, uri: "/", headers: HTTPHeaders(fields)), answer: nil)
    }

    @Test func `the head says whether another request may follow`() {
        #expect(!request().exchange.isLast)
        #expect(request(.http1_1, .POST, [("Connection", "close")]).exchange.isLast)
        #expect(request(.http1_1, .POST, [("Connection", "Upgrade"), ("Upgrade", "h2c")]).exchange.isLast)
        #expect(request(.http1_0).exchange.isLast)
        #expect(!request(.http1_0, .POST, [("Connection", "keep-alive")]).exchange.isLast)
    }

    @Test func `the head says what the answer is without, and what the body waits for`() {
        #expect(request(.http1_1, .HEAD).exchange.isHeadOnly && !request().exchange.isHeadOnly)
        #expect(request(.http1_1, .POST, [("Expect", "100-Continue")]).expectsContinue)
        #expect(!request(.http1_0, .POST, [("Expect", "100-continue")]).expectsContinue && !request().expectsContinue)
    }

    @Test func `a body is put together from its parts, up to the limit`() {
        var request = request()
        for part in ["ab", "", "cde", "f"] {
            let isWithinLimit = request.append(ByteBuffer(string: part), limit: 6)
            #expect(isWithinLimit)
        }
        guard case .body(let body) = request.content else {
            Issue.record("the body is missing")
            return
        }
        #expect(String(buffer: body) == "abcdef")
        let isWithinLimit = request.append(ByteBuffer(string: "g"), limit: 6)
        #expect(!isWithinLimit)
    }

    @Test func `the body of a request that is answered by its head is ignored`() {
        let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/health")
        var request = IncomingRequest(head, answer: HTTPAnswer(.ok, "{}".utf8))
        let isWithinLimit = request.append(ByteBuffer(string: "abc"), limit: 2)
        #expect(isWithinLimit && request.refusal == nil)
        #expect(IncomingRequest(head, answer: .error(.notFound, "no", closes: true)).refusal?.status == .notFound)
    }
}
