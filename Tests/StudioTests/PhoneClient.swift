import RealTimeAPI
import TestSupport

/// A phone without a page: a WebSocket, byte by byte.
struct PhoneClient: Sendable {
    /// What has come.
    enum Message: Sendable {
        case audio([Int16])
        case told(JSON)
        case close(UInt16?)
        /// The answer to a ping.
        case pong([UInt8])
    }

    private let connection: RawConnection
    /// The head of the answer to the request for the WebSocket.
    let head: String

    var status: Int { head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }

    /// Asks for a WebSocket; the connection is one if the status is 101.
    ///
    /// - Parameter fields: instead of those that open the studio.
    init(_ studio: TestStudio, path: String = "/api/phone/line", fields: [String]? = nil) {
        connection = RawConnection(port: studio.port)
        let opening = fields ?? ["Host: \(studio.host)", "Authorization: Bearer \(studio.token)"]
        let lines =
            ["GET \(path) HTTP/1.1"] + opening + [
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            ]
        connection.write(lines.joined(separator: "\r\n") + "\r\n\r\n")
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            let next = connection.readBytes(count: 1)
            if next.isEmpty { break }
            bytes += next
        }
        head = String(decoding: bytes, as: UTF8.self)
    }

    // MARK: To the studio

    /// Writes a frame, whatever is in it.
    func write(opcode: UInt8, _ payload: [UInt8]) {
        var bytes: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126: bytes.append(0x80 | UInt8(payload.count))
        case ..<65_536: bytes += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [0x80 | 127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        let mask: [UInt8] = [1, 2, 3, 4]
        bytes += mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
        connection.write(bytes)
    }

    func tell(_ text: String) { write(opcode: 1, Array(text.utf8)) }

    func say(_ samples: [Int16]) {
        write(opcode: 2, samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
    }

    /// Writes bytes that need not be a frame.
    func write(raw bytes: [UInt8]) { connection.write(bytes) }

    /// Says that nothing more will be written.
    func closeOutput() { connection.closeOutput() }

    // MARK: From the studio

    /// The next message; nil at the end of the connection.
    func next() throws -> Message? {
        let start = connection.readBytes(count: 2)
        guard start.count == 2 else { return nil }
        var length = Int(start[1] & 127)
        if length > 125 {
            length = connection.readBytes(count: length == 126 ? 2 : 8).reduce(0) { $0 << 8 | Int($1) }
        }
        let payload = connection.readBytes(count: length)
        // The connection was cut in the midst of it.
        guard payload.count == length else { return nil }
        switch start[0] & 15 {
        case 1: return .told(try JSONText(String(decoding: payload, as: UTF8.self)).value)
        case 2:
            return .audio(
                stride(from: 0, to: payload.count, by: 2).map {
                    Int16(bitPattern: UInt16(payload[$0]) | UInt16(payload[$0 + 1]) << 8)
                })
        case 8: return .close(payload.count < 2 ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1]))
        default: return .pong(payload)
        }
    }

    /// What is told of a kind, however much audio comes before it; nil if the connection ends before.
    func told(_ type: String) throws -> JSON? {
        while let message = try next() {
            if case .told(let json) = message, json["type"]?.text == type { return json }
        }
        return nil
    }

    /// All that comes to the end.
    func rest() throws -> [Message] {
        var messages: [Message] = []
        while let message = try next() { messages.append(message) }
        return messages
    }
}
