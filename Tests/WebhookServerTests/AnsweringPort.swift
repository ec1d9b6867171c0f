import Foundation
import Glibc
import Synchronization
import TestSupport

/// A port of this machine at which every request gets the same answer, byte by byte, and keeps what came.
final class AnsweringPort: Sendable {
    private let descriptor: Int32
    let number: Int
    private let received: Received

    private final class Received: Sendable {
        let requests = Mutex<[String]>([])
    }

    /// The requests so far, header and body.
    var requests: [String] { received.requests.withLock { $0 } }

    /// A port.
    ///
    /// - Parameter answer: what is written before the connection is closed; nil for a server that never answers.
    init(_ answer: String?) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let (descriptor, received) = (descriptor, Received())
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
                    && listen(descriptor, 512) == 0
            }
        }
        guard isListening else { throw SupportError("no port can be had: \(String(cString: strerror(errno)))") }
        number = Int(UInt16(bigEndian: address.sin_port))
        self.received = received
        Thread.detachNewThread { Self.serve(descriptor, answer, received) }
    }

    /// Ends the thread, too.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private static func serve(_ descriptor: Int32, _ answer: String?, _ received: Received) {
        var held: [Int32] = []
        while true {
            let connection = accept(descriptor, nil, nil)
            if connection < 0, errno == EINTR { continue }
            guard connection >= 0 else { break }
            // Not for the programs that other tests start.
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            guard let answer else {
                held.append(connection)
                continue
            }
            let request = request(connection)
            received.requests.withLock { $0.append(request) }
            _ = send(connection, answer, answer.utf8.count, Int32(MSG_NOSIGNAL))
            // A reset would overtake what was written.
            shutdown(connection, Int32(SHUT_WR))
            var byte: UInt8 = 0
            while recv(connection, &byte, 1, 0) > 0 {}
            close(connection)
        }
        for connection in held { close(connection) }
        close(descriptor)
    }

    /// A request, with the body that its header tells of.
    private static func request(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n") {
                let length = text.firstMatch(of: /content-length: ([0-9]+)/.ignoresCase()).flatMap { Int($0.1) } ?? 0
                if text[end.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return text }
            bytes += buffer[..<count]
        }
    }
}
