import CPostgreSQL
import Dispatch
import Glibc
import Synchronization

/// A connection to PostgreSQL, which ends with its owner.
public final class PostgresConnection: Sendable {
    private let connection: Mutex<OpaquePointer?>

    /// Connects; blocks.
    private init(to server: String) { connection = Mutex(PQconnectdb(server)) }

    deinit { connection.withLock { PQfinish($0) } }

    /// Connects.
    ///
    /// - Parameter server: the database as libpq takes it.
    public static func open(_ server: String) async throws -> PostgresConnection {
        try await aside {
            let connection = PostgresConnection(to: server)
            try connection.connection.withLock { pointer in
                guard PQstatus(pointer) == CONNECTION_OK else { throw PostgresError(pointer) }
            }
            return connection
        }
    }

    /// Runs a statement.
    ///
    /// - Parameters:
    ///   - statement: SQL, with `$1` and so on for values.
    ///   - values: as text; nil is NULL.
    /// - Returns: the rows, as text.
    @discardableResult
    public func run(_ statement: String, _ values: [String?] = []) async throws -> [[String?]] {
        try await Self.aside {
            try self.connection.withLock { pointer in
                let texts = values.map { $0.map { strdup($0) } }
                defer { for text in texts { free(text ?? nil) } }
                let parameters = texts.map { $0.map { UnsafePointer($0!) } }
                let result = PQexecParams(
                    pointer, statement, Int32(values.count), nil, parameters, nil, nil, 0)
                defer { PQclear(result) }
                guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
                    throw PostgresError(pointer)
                }
                return (0..<PQntuples(result)).map { row in
                    (0..<PQnfields(result)).map { column in
                        PQgetisnull(result, row, column) == 1
                            ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
                    }
                }
            }
        }
    }

    /// Runs what blocks on a thread where it keeps nobody else from running: libpq does, and flows must not.
    private static func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
        }
    }
}

/// What PostgreSQL says is wrong.
public struct PostgresError: Error, CustomStringConvertible {
    /// Its first line.
    public let description: String

    init(_ description: String) { self.description = description }

    init(_ connection: OpaquePointer?) {
        let text = String(cString: PQerrorMessage(connection))
        description = text.split(separator: "\n").first.map(String.init) ?? "PostgreSQL can't be reached"
    }
}
