import NIOCore
import NIOHTTP1

/// Writes answers as HTTP/1.1 has them (RFC 9112), header and body in one buffer, and so in one system call.
struct AnswerEncoder {
    private var buffer = ByteBuffer()
    private var date = HTTPDate()

    /// More than the header of any answer takes.
    private static let headerLength = 256
    /// What is kept for the next answer: more would be much for each of many connections.
    private static let keptCapacity = 16_384

    /// An answer's bytes.
    ///
    /// - Parameters:
    ///   - isLast: whether the connection is closed after it.
    ///   - isHeadOnly: whether the body is left out, as HEAD asks.
    mutating func encode(_ answer: HTTPAnswer, isLast: Bool, isHeadOnly: Bool) -> ByteBuffer {
        if buffer.capacity > Self.keptCapacity { buffer = ByteBuffer() } else { buffer.clear() }
        buffer.reserveCapacity(minimumWritableBytes: Self.headerLength + answer.body.count)
        buffer.writeString("HTTP/1.1 ")
        buffer.writeString(String(answer.status.code))
        buffer.writeString(" ")
        buffer.writeString(answer.status.reasonPhrase)
        write("Date", date.now())
        write("Content-Type", answer.contentType)
        write("Content-Length", String(answer.body.count))
        for field in answer.fields { write(field.name, field.value) }
        if isLast { write("Connection", "close") }
        buffer.writeString("\r\n\r\n")
        if !isHeadOnly { buffer.writeBytes(answer.body) }
        return buffer
    }

    private mutating func write(_ name: String, _ value: String) {
        buffer.writeString("\r\n")
        buffer.writeString(name)
        buffer.writeString(": ")
        buffer.writeString(value)
    }
}
