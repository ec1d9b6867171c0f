import CallFlows
import Foundation
import FuzzRunner
import Logging
import RealTimeAPI
import Synchronization
import WebhookServer

/// A client of a server that runs in this process.
final class ServedClient: Sendable {
    static let shared = ServedClient()

    private let port: UInt16
    private let count = Atomic(0)

    /// How long the server may take with a connection whose client has said all.
    private static let patience = timeval(tv_sec: 4, tv_usec: 0)

    private init() {
        let flow = CallFlow("fuzz", version: 1) { call in
            _ = try await call.read(.say("Press a key."), maxDigits: 1, attempts: 2, timeout: .seconds(5))
        }
        guard let key = try? JournalKey(secret: String(repeating: "0123456789abcdef", count: 4)) else {
            preconditionFailure("the secret is long enough")
        }
        let logger = Logger(label: "fuzz") { _ in SwiftLogNoOpLogHandler() }
        let host = FlowHost(flow, key: key, logger: logger)
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        let listening = DispatchSemaphore(value: 0)
        let port = Port()
        let server = WebhookServer(
            configuration: configuration, logger: logger,
            onListening: { number in
                port.number.store(UInt16(number), ordering: .relaxed)
                listening.signal()
            }, host.respond)
        Task.detached { try await server.run() }
        listening.wait()
        self.port = port.number.load(ordering: .relaxed)
    }

    private final class Port: Sendable { let number = Atomic<UInt16>(0) }

    /// Sends bytes, says that these were all, and looks at what comes back.
    func outcome(of bytes: [UInt8]) throws -> Outcome {
        let answer = try exchange(bytes)
        guard let answer else { return Outcome(name: "flaw", flaw: "the connection does not end") }
        if count.add(1, ordering: .relaxed).newValue % 20 == 0 {
            let health = try exchange(Array("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            guard let health, health.hasPrefix("HTTP/1.1 200 ") else {
                return Outcome(name: "flaw", flaw: "then /health is answered with \(health ?? "nothing")")
            }
        }
        if answer.isEmpty { return Outcome(name: "closed", flaw: nil) }
        guard answer.hasPrefix("HTTP/1."), answer.count > 12 else {
            return Outcome(name: "flaw", flaw: "the answer is no HTTP: \(answer.prefix(200).debugDescription)")
        }
        let status = answer.dropFirst(9).prefix(3)
        return Outcome(name: "http-\(status)", flaw: status == "500" ? "the server failed" : nil)
    }

    /// All that comes back; nil if the connection stays open.
    private func exchange(_ bytes: [UInt8]) throws -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw POSIXError(.EMFILE) }
        defer { close(descriptor) }
        var patience = Self.patience
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw POSIXError(.ECONNREFUSED) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress! + sent, bytes.count - sent, 0) }
            // A server that has answered what it refuses may have closed.
            guard count > 0 else { break }
            sent += count
        }
        shutdown(descriptor, Int32(SHUT_WR))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { return nil }
            guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
            if answer.count < 1 << 20 { answer += buffer[..<count] }
        }
    }
}
