import Logging
import RealTimeAPI
import ServiceLifecycle
import TestSupport
import Testing
import WebhookServer

/// A server that runs while something is done with it, over real sockets.
struct RunningServer: Sendable {
    let port: Int
    private let group: ServiceGroup

    /// Runs a server, at a port of its own, while `body` does something with it.
    static func serve<Value: Sendable>(
        _ change: (inout WebhookServerConfiguration) -> Void = { _ in },
        handler: @escaping WebhookServer.Handler = { _ in Response(.wait(Wait()), commandID: 1) },
        _ body: @escaping @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        var configuration = WebhookServerConfiguration()
        configuration.port = 0
        change(&configuration)
        let quiet = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = WebhookServer(
            configuration: configuration, logger: quiet, onListening: { port.yield($0) }, handler)
        let group = ServiceGroup(services: [server], logger: quiet)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let server = RunningServer(port: try #require(await ports.first { _ in true }), group: group)
            let value = try await body(server)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return value
        }
    }

    /// Has it answer what is in flight, and returns when it has closed its port.
    func end() async {
        await group.triggerGracefulShutdown()
        while RawConnection(port: port).isOpen { await Task.yield() }
    }

    /// A connection on which something has been written.
    func connection(_ text: String = "") -> RawConnection {
        let connection = RawConnection(port: port)
        if !text.isEmpty { connection.write(text) }
        return connection
    }

    /// What it answers to text, until it closes the connection.
    func answer(to text: String) -> RawConnection.Answer { connection(text).readAnswer() }

    /// What it answers to a request that is the last one of its connection.
    func post(
        _ body: String = HTTPText.call, path: String = "/", method: String = "POST", fields: [String] = []
    ) -> RawConnection.Answer {
        answer(to: HTTPText.post(body, path: path, method: method, fields: fields + ["Connection: close"]))
    }

    /// Whether it says that it is well.
    var isHealthy: Bool {
        answer(to: HTTPText.get("/health", fields: ["Connection: close"])).body == #"{"status":"ok"}"#
    }
}
