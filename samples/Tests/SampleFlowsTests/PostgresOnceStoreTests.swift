import CallFlows
import Foundation
import Logging
import RealTimeAPI
import SampleStores
import ServiceLifecycle
import TestSupport
import Testing

/// Steps that change a database, once whatever happens, with a real PostgreSQL.
@Suite(.waiting, .serialized, .timeLimit(.minutes(5))) struct PostgresOnceStoreTests {
    /// An instance of a flow that places an order and says its number.
    ///
    /// - Parameter before: what happens after the order has been placed and before the step ends.
    private func host(
        _ database: String, before: @escaping @Sendable (PostgresConnection) async throws -> Void = { _ in }
    ) throws -> FlowHost {
        let store = PostgresOnceStore(PostgresPool(database))
        let flow = CallFlow("order", version: 1) { call in
            let number = try await call.once("place", in: store) { key, database in
                let rows = try await database.run("INSERT INTO orders (key) VALUES ($1) RETURNING number", [key])
                try await before(database)
                return rows[0][0] ?? ""
            }
            try await call.play(.say("Number \(number)."))
        }
        var options = FlowHostOptions()
        options.budget = .seconds(60)
        return FlowHost(
            flow, key: try JournalKey(secret: testSecret), options: options,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    private func request(_ call: Int) -> Request {
        var request = Request()
        request.call = CallID(rawValue: UInt64(call))
        request.commandID = 0
        return request
    }

    private func prepared(_ server: PostgresServer) async throws -> PostgresConnection {
        try await PostgresOnceStore(PostgresPool(server.name)).createTable()
        let database = try await PostgresConnection.open(server.name)
        try await database.run("CREATE TABLE orders (number serial, key text)")
        return database
    }

    @Test("Requests that reach several instances at a time place one order, and all get its number")
    func concurrent() async throws {
        let server = try await PostgresServer()
        let database = try await prepared(server)
        let hosts = try (0..<4).map { _ in try host(server.name) }
        for call in 1...20 {
            let request = request(call)
            let answers = await withTaskGroup(of: String.self) { group in
                for host in hosts {
                    group.addTask { SampleCall.summary(await host.respond(to: request)) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count == 4 && Set(answers).count == 1 && answers[0].hasPrefix("Number "), "\(answers)")
        }
        #expect(try await database.run("SELECT count(*), count(DISTINCT key) FROM orders") == [["20", "20"]])
    }

    @Test(
        "An instance that dies before its step has ended has placed no order, and one that dies after it has placed one"
    )
    func death() async throws {
        struct Dead: Error {}
        let server = try await PostgresServer()
        let database = try await prepared(server)
        let dying = try host(server.name) { database in
            // The connection ends with the process; here the server ends it.
            try await database.run("SELECT pg_terminate_backend(pg_backend_pid())")
        }
        #expect(SampleCall.summary(await dying.respond(to: request(1))).hasPrefix("Sorry"))
        #expect(try await database.run("SELECT count(*) FROM orders") == [["0"]])
        let answer = await (try host(server.name)).respond(to: request(1))
        #expect(SampleCall.summary(answer).hasPrefix("Number "))
        // Whoever takes the call after that one has died, with its value on the way, does not place another.
        #expect(await (try host(server.name)).respond(to: request(1)) == answer)
        #expect(try await database.run("SELECT count(*) FROM orders") == [["1"]])
    }

    @Test("Without the database the step fails, and says so")
    func unreachable() async throws {
        let answer = await (try host("host=/nosuch dbname=none")).respond(to: request(1))
        #expect(SampleCall.summary(answer).hasPrefix("Sorry"))
    }

    @Test("A pool has no more connections than its size, replaces those that the server has closed, and shuts down")
    func pool() async throws {
        let server = try await PostgresServer()
        let observer = try await PostgresConnection.open(server.name)
        let pool = PostgresPool(server.name, size: 2)
        @Sendable func connections() async throws -> String? {
            try await observer.run(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )[0][0]
        }
        // 40 at a time, two of which run.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await pool.transaction { database in
                        _ = try await database.run("SELECT pg_sleep(0.01)")
                        #expect(["1", "2"].contains(try await connections()))
                    }
                }
            }
            try await group.waitForAll()
        }
        try await observer.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        #expect(try await pool.transaction { try await $0.run("SELECT 1") } == [["1"]])
        // What throws is not committed, and its connection is not used again.
        struct Broken: Error {}
        await #expect(throws: Broken.self) {
            try await pool.transaction { database in
                _ = try await database.run("CREATE TABLE nothing ()")
                throw Broken()
            }
        }
        #expect(try await pool.transaction { try await $0.run("SELECT to_regclass('nothing')") } == [[nil]])
        let group = ServiceGroup(services: [pool], logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        async let ended: Void = group.run()
        await group.triggerGracefulShutdown()
        try await ended
        // The server notices a little later.
        while try await connections() != "0" { await Task.yield() }
    }
}
