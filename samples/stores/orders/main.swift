import CallFlows
import Glibc
import Logging
import RealTimeAPI
import SampleStores
import ServiceLifecycle
import UnixSignals
import WebhookServer

// Takes orders by phone, each of which is placed exactly once. In the folder samples:
// swift run orders 'host=db dbname=shop'

guard CommandLine.arguments.count >= 2, let port = Int(CommandLine.arguments.dropFirst(2).first ?? "8080") else {
    print("usage: orders DATABASE [PORT]")
    exit(64)
}
let pool = PostgresPool(CommandLine.arguments[1])
let store = PostgresOnceStore(pool)
try await store.createTable()
try await pool.transaction { database in
    _ = try await database.run("CREATE TABLE IF NOT EXISTS orders (number serial, article text)")
}

let orders = CallFlow("orders", version: 1) { call in
    let answer = try await call.read(
        .say("The number of the article, then the hash key."), maxDigits: 8, attempts: 3, timeout: .seconds(10))
    guard case .digits(let article) = answer else { return }
    // The order and the journal's value are committed together: there is one order, whatever dies when.
    let number = try await call.once("order", in: store) { _, database in
        try await database.run("INSERT INTO orders (article) VALUES ($1) RETURNING number", [article])[0][0] ?? ""
    }
    try await call.play(.say("Thank you. Your order has the number \(number)."))
}

var configuration = WebhookServerConfiguration()
configuration.port = port
let host = FlowHost(orders, key: try .fromEnvironment())
let server = WebhookServer(
    configuration: configuration,
    onListening: { port in
        print("serving orders on http://127.0.0.1:\(port)/")
        fflush(nil)
    }, host.respond)
// They end in the other order: first the server answers its last requests, then the pool closes its connections.
try await ServiceGroup(
    configuration: ServiceGroupConfiguration(
        services: [pool, server], gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "orders"))
).run()
