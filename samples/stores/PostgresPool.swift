public import ServiceLifecycle
import Synchronization

/// Connections to PostgreSQL, of which each transaction has one to itself.
///
/// As a service it closes them when its group shuts down: let it come before the server in the group, so that it goes after it.
public final class PostgresPool: Service {
    private struct State {
        /// How many more transactions may begin.
        var places: Int
        var idle: [PostgresConnection] = []
        /// Those that begin when others end, in their order.
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    private let server: String
    private let state: Mutex<State>

    /// A pool without connections: they are made when they are needed.
    ///
    /// - Parameters:
    ///   - server: the database as libpq takes it, an URI or `host=db dbname=shop`.
    ///   - size: how many connections there are at most; further transactions wait.
    public init(_ server: String, size: Int = 8) {
        self.server = server
        state = Mutex(State(places: size))
    }

    /// Waits until the group shuts down, and closes the connections that are idle; the others are closed after their transaction.
    public func run() async throws {
        try await gracefulShutdown()
        state.withLock { state in
            state.isClosed = true
            state.idle = []
        }
    }

    /// Runs a transaction, which is there as a whole afterwards, or not at all if `body` throws.
    public func transaction<Value: Sendable>(
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        await takePlace()
        defer { leavePlace() }
        let connection = try await begin()
        // If this throws the connection ends, and with it what was not committed.
        let value = try await body(connection)
        try await connection.run("COMMIT")
        state.withLock { state in
            if !state.isClosed { state.idle.append(connection) }
        }
        return value
    }

    private func begin() async throws -> PostgresConnection {
        while let connection = state.withLock({ $0.idle.popLast() }) {
            // One that the server has closed meanwhile is replaced.
            if (try? await connection.run("BEGIN")) != nil { return connection }
        }
        let connection = try await PostgresConnection.open(server)
        try await connection.run("BEGIN")
        return connection
    }

    private func takePlace() async {
        await withCheckedContinuation { continuation in
            let mayBegin = state.withLock { state in
                guard state.places > 0 else {
                    state.waiting.append(continuation)
                    return false
                }
                state.places -= 1
                return true
            }
            if mayBegin { continuation.resume() }
        }
    }

    private func leavePlace() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.places += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
