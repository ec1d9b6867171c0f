import Foundation
import Glibc

/// A connection that sends bytes as they are given, and returns what comes back.
struct HTTPClient: Sendable {
    let port: Int

    /// What a server answers.
    struct Answer: Sendable {
        let status: Int
        let head: String
        let body: String
    }

    /// Opens a connection.
    func connect() -> Int32 {
        guard let descriptor = tryToConnect() else { preconditionFailure("the server does not listen") }
        return descriptor
    }

    /// Whether the server takes a connection.
    var isListening: Bool {
        guard let descriptor = tryToConnect() else { return false }
        close(descriptor)
        return true
    }

    private func tryToConnect() -> Int32? {
        // Not for the programs that other tests start: what they hold open stays open.
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return nil
    }

    /// Posts a body.
    func post(_ body: String, path: String = "/", method: String = "POST", fields: [String] = []) async -> Answer {
        let type = fields.contains { $0.hasPrefix("Content-Type") } ? "" : "Content-Type: application/json\r\n"
        let more = fields.map { $0 + "\r\n" }.joined()
        return await send(
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(type)\(more)Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
    }

    /// Sends text, and reads until the server closes the connection.
    func send(_ text: String) async -> Answer {
        let descriptor = connect()
        defer { close(descriptor) }
        write(text, to: descriptor)
        return await answer(on: descriptor)
    }

    /// Sends text over a connection.
    func write(_ text: String, to descriptor: Int32) {
        _ = Glibc.send(descriptor, text, text.utf8.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads an answer until the server closes the connection.
    func answer(on descriptor: Int32) async -> Answer {
        let text = await text(on: descriptor, count: .max)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: String(parts[0]), body: parts.count > 1 ? String(parts[1]) : "")
    }

    /// Reads so many bytes, or until the server closes the connection.
    func text(on descriptor: Int32, count: Int) async -> String {
        await withCheckedContinuation { continuation in
            // A thread of its own: the server's tasks need all those that Swift has.
            Thread.detachNewThread {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while bytes.count < count {
                    let received = recv(descriptor, &buffer, min(buffer.count, count - bytes.count), 0)
                    if received <= 0 { break }
                    bytes += buffer[..<received]
                }
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
