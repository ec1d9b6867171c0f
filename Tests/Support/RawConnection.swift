import Glibc

/// A connection to a server on this machine, byte by byte.
///
/// Whatever reads needs the trait ``Testing/Trait/waiting``, and gives up after ten minutes.
package final class RawConnection: Sendable {
    private let descriptor: Int32
    /// Whether the server took it.
    package let isOpen: Bool

    package init(port: Int) {
        // Not for the programs that other tests start: what they hold open stays open.
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var patience = timeval(tv_sec: 600, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let descriptor = descriptor
        isOpen = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit { close(descriptor) }

    package func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes, as many as the server takes.
    ///
    /// - Returns: whether it takes all.
    @discardableResult
    package func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says that nothing more will be written.
    package func closeOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether something has come that was not read, or the server has closed the connection.
    package var hasInput: Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, 0) > 0
    }

    /// What comes until there are so many bytes, or the server closes the connection, as text.
    package func read(count: Int = .max) -> String { String(decoding: readBytes(count: count), as: UTF8.self) }

    /// What comes until there are so many bytes, or the server closes the connection.
    package func readBytes(count: Int = .max) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let received = recv(descriptor, &buffer, min(buffer.count, count - bytes.count), 0)
            if received < 0 && errno == EINTR { continue }
            if received <= 0 { break }
            bytes += buffer[..<received]
        }
        return bytes
    }

    /// What comes until the server closes the connection.
    package func readToEnd() -> String { read() }
}

extension RawConnection {
    /// What a server answers.
    package struct Answer: Sendable {
        /// 0 if it closed the connection without a word.
        package let status: Int
        package let head: String
        package let body: String
    }

    /// Reads an answer until the server closes the connection.
    package func readAnswer() -> Answer {
        let text = readToEnd()
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: String(parts[0]), body: parts.count > 1 ? String(parts[1]) : "")
    }
}
