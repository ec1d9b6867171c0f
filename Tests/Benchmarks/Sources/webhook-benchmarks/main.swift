import CallFlows
import Foundation
import Logging
import Measuring
import RealTimeAPI
import WebhookServer

// How fast webhooks are answered, beside net/http of Go, which reads and writes the same JSON: each server in turn on the
// first processor, wrk with 32 connections on the second. Needs golang and wrk.

let arguments = CommandLine.arguments
if arguments.count == 3, arguments[1] == "serve", let server = servers[arguments[2]] {
    try await server()
} else if arguments.count > 1, arguments[1] == "memory" {
    try await measureMemory(calls: arguments.dropFirst(2).first.flatMap { Int($0) } ?? 100_000)
} else {
    try compare(rounds: arguments.dropFirst().first.flatMap { Int($0) } ?? 5)
}

func compare(rounds: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "webhook-benchmarks-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "handler.go").path
    _ = try output(of: ["go", "build", "-o", "\(folder.path)/handler", source])
    let script = folder.appending(path: "post.lua")
    try Load.script.write(to: script, atomically: false, encoding: .utf8)

    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let peers = [
        ("Go, net/http", ["\(folder.path)/handler"]), ("WebhookServer", [program, "serve", "handler"]),
        ("WebhookServer and a flow", [program, "serve", "flow"]),
    ]
    var loads = [[Load]](repeating: [], count: peers.count)
    for _ in 0..<rounds {
        for (index, peer) in peers.enumerated() { loads[index].append(try Load(of: peer.1, script: script.path)) }
    }
    print("\(rounds) rounds in turn, medians; us: processor time of the server for a request")
    let columns = Columns(nameWidth: 28, width: 12)
    columns.print("", "requests/s", "of Go's", "p50 ms", "p99 ms", "us")
    let yardstick = median(loads[0].map(\.rate))
    for (peer, loads) in zip(peers, loads) {
        let rate = median(loads.map(\.rate))
        columns.print(
            peer.0, "\(Int(rate))", decimal(rate / yardstick), decimal(median(loads.map(\.median))),
            decimal(median(loads.map(\.tail))), decimal(median(loads.map(\.work))))
    }
}
