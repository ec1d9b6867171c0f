internal import Glibc
internal import RealTimeProtocol
internal import TelephonyAudio

/// The platform's HTTP client: one connection to a handler, kept alive from request to request.
///
/// Blocks its thread: the virtual clock stands while a handler thinks. The five seconds are real ones, from the first byte
/// sent to the last one received.
final class HandlerConnection {
    private let address: HandlerAddress
    private let patience: Duration
    /// -1 when there is no connection.
    private var socket: Int32 = -1

    init(_ address: HandlerAddress, patience: Duration) {
        self.address = address
        self.patience = patience
    }

    deinit { disconnect() }

    /// POSTs a request.
    ///
    /// - Returns: the answer, whatever its status, and how long it took.
    /// - Throws: `unreachable`, `late` or `malformed`.
    func post(_ json: [UInt8]) async throws(Refusal) -> (answer: HTTPMessage.Answer, time: Duration) {
        let clock = ContinuousClock()
        let start = clock.now
        let deadline = start + patience
        do throws(Refusal) {
            if isStale { disconnect() }
            if socket < 0 { try connect(until: deadline) }
            try send(head(json.count) + json, until: deadline)
            let answer = try receive(until: deadline)
            if !answer.keepsAlive { disconnect() }
            return (answer, clock.now - start)
        } catch {
            disconnect()
            throw error
        }
    }

    private func head(_ length: Int) -> [UInt8] {
        var lines = [
            "POST \(address.path) HTTP/1.1", "Host: \(address.hostHeader)", "Accept: */*", "Content-Length: \(length)",
            "Content-Type: application/json",
        ]
        if let credentials = address.credentials {
            lines.append("Authorization: Basic \(Base64.encode(Array(credentials.utf8).span.bytes))")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// Whether the handler has closed the connection since its last answer.
    private var isStale: Bool {
        guard socket >= 0 else { return false }
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) >= 0
            || (errno != EAGAIN && errno != EWOULDBLOCK)
    }

    private func disconnect() {
        if socket >= 0 { close(socket) }
        socket = -1
    }

    private func connect(until deadline: ContinuousClock.Instant) throws(Refusal) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &list) == 0 else {
            throw Refusal(.unreachable, "no host is called \(address.host)")
        }
        defer { freeaddrinfo(list) }
        var reason = ""
        var next = list
        while let place = next?.pointee {
            next = place.ai_next
            let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            socket = Glibc.socket(place.ai_family, type, 0)
            if Glibc.connect(socket, place.ai_addr, place.ai_addrlen) != 0 {
                if errno == EINPROGRESS { try wait(for: POLLOUT, until: deadline) }
                var code: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &size)
                guard code == 0 else {
                    reason = String(cString: strerror(code))
                    disconnect()
                    continue
                }
            }
            var one: Int32 = 1
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
            return
        }
        throw Refusal(.unreachable, "nobody answers at \(address.hostHeader): \(reason)")
    }

    private func send(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) throws(Refusal) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try retry(for: POLLOUT, until: deadline) }
        }
    }

    private func receive(until deadline: ContinuousClock.Instant) throws(Refusal) -> HTTPMessage.Answer {
        var message = HTTPMessage()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            if count < 0 {
                try retry(for: POLLIN, until: deadline)
                continue
            }
            message.append(buffer[..<count])
            if let answer = try message.answer(isClosed: count == 0) { return answer }
            guard count > 0 else {
                throw Refusal(
                    .malformed,
                    "the connection ended \(message.bytes.isEmpty ? "without" : "in the midst of") an answer")
            }
        }
    }

    /// Waits if a call would have blocked.
    private func retry(for event: Int32, until deadline: ContinuousClock.Instant) throws(Refusal) {
        if errno == EINTR { return }
        guard errno == EAGAIN || errno == EWOULDBLOCK else {
            throw Refusal(.unreachable, "the connection broke: \(String(cString: strerror(errno)))")
        }
        try wait(for: event, until: deadline)
    }

    private func wait(for event: Int32, until deadline: ContinuousClock.Instant) throws(Refusal) {
        while true {
            let rest = deadline - .now
            guard rest > .zero else {
                throw Refusal(.late, "no answer within \(patience / .seconds(1)) s; the platform has hung up by now")
            }
            var descriptor = pollfd(fd: socket, events: Int16(event), revents: 0)
            if poll(&descriptor, 1, Int32((rest / .milliseconds(1)).rounded(.up))) > 0 { return }
        }
    }
}
