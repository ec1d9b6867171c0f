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
    private let task: Task<Void, any Error>

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
        let task = Task { try await group.run() }
        let running = RunningServer(port: try #require(await ports.first { _ in true }), group: group, task: task)
        let value: Result<Value, any Error>
        do { value = .success(try await body(running)) } catch { value = .failure(error) }
        await group.triggerGracefulShutdown()
        // One that is cancelled says so.
        do { try await task.value } catch is CancellationError {}
        return try value.get()
    }

    /// Has it answer what is in flight, and returns when it has closed its port.
    func end() async {
        await group.triggerGracefulShutdown()
        while RawConnection(port: port).isOpen { await Task.yield() }
    }

    /// Cancels its task.
    func cancel() { task.cancel() }

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
