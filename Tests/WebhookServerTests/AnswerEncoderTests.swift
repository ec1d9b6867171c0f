import NIOCore
import NIOHTTP1
import Testing

@testable import WebhookServer

/// Answers as bytes.
@Suite struct AnswerEncoderTests {
    private func text(_ answer: HTTPAnswer, isLast: Bool = false, isHeadOnly: Bool = false) -> String {
        var encoder = AnswerEncoder()
        let text = String(buffer: encoder.encode(answer, isLast: isLast, isHeadOnly: isHeadOnly))
        return text.replacing(/Date: [^\r]*/, with: "Date: now")
    }

    @Test func `an answer has its status, its length and what it holds`() {
        #expect(
            text(HTTPAnswer(.ok, "{}".utf8))
                == "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
    }

    @Test func `the last answer says so, and one to HEAD has the length without the body`() {
        var answer = HTTPAnswer(.notFound, "abc".utf8)
        answer.contentType = "text/plain"
        answer.fields = [("Allow", "GET"), ("X", "y")]
        let head =
            "HTTP/1.1 404 Not Found\r\nDate: now\r\nContent-Type: text/plain\r\nContent-Length: 3\r\nAllow: GET\r\nX: y\r\n"
        #expect(text(answer, isLast: true) == head + "Connection: close\r\n\r\nabc")
        #expect(text(answer, isHeadOnly: true) == head + "\r\n")
    }

    @Test func `one answer leaves nothing in the next, short or long`() {
        var encoder = AnswerEncoder()
        for length in [5, 100_000, 3, 0, 20_000, 7] {
            let body = String(repeating: "x", count: length)
            let text = String(buffer: encoder.encode(HTTPAnswer(.ok, body.utf8), isLast: false, isHeadOnly: false))
            #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && text.hasSuffix("Content-Length: \(length)\r\n\r\n\(body)"))
        }
    }

    @Test func `an error is JSON, whatever it quotes, and closes the connection if it is told to`() {
        let error = HTTPAnswer.error(.badRequest, "a \"b\"\n", closes: true)
        #expect(String(decoding: error.body, as: UTF8.self) == #"{"error":"a \"b\"\n"}"#)
        #expect(error.closes && error.summary == "a \"b\"\n" && error.status == .badRequest)
        let quiet = HTTPAnswer.error(.badRequest, "4711 is wrong", summary: "is wrong")
        #expect(!quiet.closes && quiet.summary == "is wrong")
        #expect(!HTTPAnswer(.ok, [UInt8]()).closes && HTTPAnswer(.ok, [UInt8]()).contentType == "application/json")
    }
}
