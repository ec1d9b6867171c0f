import Foundation
import TestSupport

/// HAProxy in front of instances, in turn; what meets a dead one it sends again to another.
///
/// The test that starts one needs the trait `.waiting`.
final class Balancer {
    private let heldPort: HeldPort
    private let process: RunningProgram
    private let folder = TestFolder()

    var port: Int { heldPort.number }

    init(_ instances: [Instance]) throws {
        heldPort = try HeldPort()
        let servers = instances.enumerated().map { "server s\($0) 127.0.0.1:\($1.port)" }.joined(separator: "\n    ")
        // As the article ServeAndDeploy has it. Without http-buffer-request half a request may be sent again.
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
                bind 127.0.0.1:\(heldPort.number)
                default_backend instances
            backend instances
                balance roundrobin
                \(servers)

            """
        try folder.write(text, to: "haproxy.cfg")
        process = try RunningProgram("/usr/sbin/haproxy", ["-db", "-q", "-f", folder("haproxy.cfg")], output: .nothing)
        while !heldPort.isServed { usleep(10_000) }
    }
}
