import CallFlows
import Foundation
import Logging
import Measuring
import RealTimeAPI
import WebhookServer

// How fast webhooks are answered, beside net/http of Go, which does the same: each server in turn on the
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
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
    for name in ["handler", "sealed"] {
        let source = sources.appending(path: "\(name).go").path
        _ = try output(of: ["go", "build", "-o", "\(folder.path)/\(name)", source])
    }
    func script(_ name: String, _ text: String) throws -> String {
        let file = folder.appending(path: "\(name).lua")
        try text.write(to: file, atomically: false, encoding: .utf8)
        return file.path
    }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    print("\(rounds) rounds in turn, medians; us: processor time of the server for a request")
    try compare(
        "the same answer to each request", try script("post", Load.script), rounds,
        ("Go, net/http", ["\(folder.path)/handler"]), ("WebhookServer", [program, "serve", "handler"]))
    let sealed = ("Go, net/http and a journal", ["\(folder.path)/sealed"])
    let flow = ("WebhookServer and a flow", [program, "serve", "flow"])
    try compare("first turns of calls", try script("first", Load.turns(areLater: false)), rounds, sealed, flow)
    try compare("first and second turns", try script("both", Load.turns(areLater: true)), rounds, sealed, flow)
}

/// Prints how fast two servers are, the first of which is the yardstick.
func compare(
    _ title: String, _ script: String, _ rounds: Int, _ peers: (name: String, command: [String])...
) throws {
    var loads = [[Load]](repeating: [], count: peers.count)
    for _ in 0..<rounds {
        for (index, peer) in peers.enumerated() { loads[index].append(try Load(of: peer.command, script: script)) }
    }
    let columns = Columns(nameWidth: 32, width: 12)
    columns.print(title, "requests/s", "of Go's", "p50 ms", "p99 ms", "us")
    let yardstick = median(loads[0].map(\.rate))
    for (peer, loads) in zip(peers, loads) {
        let rate = median(loads.map(\.rate))
        columns.print(
            peer.name, "\(Int(rate))", decimal(rate / yardstick), decimal(median(loads.map(\.median))),
            decimal(median(loads.map(\.tail))), decimal(median(loads.map(\.work))))
    }
}
