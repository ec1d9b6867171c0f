import Foundation
import TestSupport

/// HAProxy in front of instances, in turn; what meets a dead one it sends again to another.
///
/// The test that starts one needs the trait `.waiting`.
final class Balancer {
    let port: Int
    private let process: RunningProgram
    private let folder = TestFolder()

    init(_ instances: [Instance]) throws {
        // Free again at once: HAProxy cannot say which port it was given.
        port = try RefusingPort().number
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
        try folder.write(text, to: "haproxy.cfg")
        process = try RunningProgram("/usr/sbin/haproxy", ["-db", "-q", "-f", folder("haproxy.cfg")], output: .nothing)
        while !Self.listens(port) { usleep(10_000) }
    }

    private static func listens(_ port: Int) -> Bool { RawConnection(port: port).isOpen }
}
