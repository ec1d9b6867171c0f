public import CallFlows

/// What has an effect, once at all instances that have the same PostgreSQL.
///
/// ```swift
/// let store = PostgresOnceStore(PostgresPool("postgresql://shop@db/shop"))
/// let number = try await call.once("order", in: store) { key, database in
///     try await database.run("INSERT INTO orders (customer) VALUES ($1) RETURNING number", [customer])[0][0]!
/// }
/// ```
///
/// A step's key is a row. It is inserted in the transaction in which the step changes the database and its value is kept, so
/// that all of it is there afterwards, or nothing: whatever dies when, the step's changes are made once. Whoever else inserts the same
/// key waits until that transaction is over, which is what a unique index does, and then finds the value.
///
/// Each step has one of the pool's connections while it runs.
public struct PostgresOnceStore: OnceStore {
    private let pool: PostgresPool

    /// A store.
    public init(_ pool: PostgresPool) { self.pool = pool }

    /// Makes the store's table, unless it is there.
    ///
    /// Rows can be deleted when no call of their time is in progress any more.
    public func createTable() async throws {
        try await pool.transaction { database in
            _ = try await database.run(
                """
                CREATE TABLE IF NOT EXISTS once_steps
                    (key text PRIMARY KEY, value text, run_at timestamptz NOT NULL DEFAULT now())
                """)
        }
    }

    /// The value of a step; see ``OnceStore/value(for:_:)``.
    public func value(
        for key: String, _ body: @escaping @Sendable (PostgresConnection) async throws -> String
    ) async throws -> String {
        try await pool.transaction { database in
            let rows = try await database.run(
                "INSERT INTO once_steps (key) VALUES ($1) ON CONFLICT DO NOTHING RETURNING key", [key])
            guard !rows.isEmpty else {
                let kept = try await database.run("SELECT value FROM once_steps WHERE key = $1", [key])
                guard let value = kept.first?.first ?? nil else { throw PostgresError("the step's row is gone") }
                return value
            }
            let value = try await body(database)
            try await database.run("UPDATE once_steps SET value = $2 WHERE key = $1", [key, value])
            return value
        }
    }
}
