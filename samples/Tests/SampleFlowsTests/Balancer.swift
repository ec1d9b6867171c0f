import Foundation

/// HAProxy in front of instances, in turn; what meets a dead one it sends again to another.
final class Balancer {
    let port: Int
    private let process = Process()
    private let folder: URL

    init(_ instances: [Instance]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rtmedia-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        port = Self.freePort()
        let servers = instances.enumerated().map { "server s\($0) 127.0.0.1:\($1.port)" }.joined(separator: "\n    ")
        // As README.md has it. Without http-buffer-request a request may be resent half.
        let text = """
            defaults
                mode http
                timeout connect 1s
                timeout client 75s
                timeout server 10s
                retries 10
                retry-on all-retryable-errors
                option redispatch 1
                option http-buffer-request
            frontend webhook
                bind 127.0.0.1:\(port)
                default_backend instances
            backend instances
                balance roundrobin
                \(servers)

            """
        let file = folder.appending(path: "haproxy.cfg")
        try text.write(to: file, atomically: false, encoding: .utf8)
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/haproxy")
        process.arguments = ["-db", "-q", "-f", file.path]
        try process.run()
        while !Self.listens(port) { usleep(10_000) }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func listens(_ port: Int) -> Bool {
        withSocket(port: port) { connect($0, $1, $2) == 0 }
    }

    private static func freePort() -> Int {
        withSocket(port: 0) { descriptor, address, size in
            var size = size
            precondition(bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0)
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }

    private static func withSocket<Value>(
        port: Int, _ body: (Int32, UnsafeMutablePointer<sockaddr>, socklen_t) -> Value
    ) -> Value {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
