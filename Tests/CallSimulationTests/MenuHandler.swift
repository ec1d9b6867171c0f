import CallSimulation
import Foundation
import FoundationNetworking
import TelephonyAudio

/// The phone menu in Python, with a mistake; see `menu.py`.
final class MenuHandler {
    private let process = Process()
    private let input = Pipe()
    let port: Int
    private let scheme: String

    /// - Parameters:
    ///   - mistake: what it does wrong.
    ///   - certificate: what it serves `https://` with, and its key.
    ///   - script: another handler, which says on its first line what can be wrong with it.
    init(_ mistake: String, certificate: [String] = [], script: String = "menu.py") throws {
        let output = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: script).path
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, mistake] + certificate
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        port = Int(output.firstLine())!
        scheme = certificate.isEmpty ? "http" : "https"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        // Handlers that were started at the same time may hold the other end too.
        process.terminate()
        process.waitUntilExit()
    }

    /// Gives a call to it, in which there is no media.
    ///
    /// The handler lives until then, which it would not if it only gave its address away.
    func use<Result>(
        host: String = "127.0.0.1", _ body: (CallSetup) async throws -> Result
    ) async throws -> Result {
        let sounds = Sounds(folder: nil) { _, _ async throws(SimulationError) in PhoneAudio(samples: []) }
        var setup = CallSetup(try HandlerAddress("\(scheme)://\(host):\(port)/"), sounds: sounds)
        // How busy the machine is that tests is no fault of the handler.
        setup.patience = .seconds(60)
        return try await body(setup)
    }

    /// Places a call to it.
    func call(host: String = "127.0.0.1", _ change: (inout CallSetup) -> Void = { _ in }) async throws -> CallOutcome {
        try await use(host: host) { setup in
            var setup = setup
            change(&setup)
            return try await CallSimulator.place(setup)
        }
    }

    /// How many connections there were until now, before this one.
    func connections() async throws -> Int {
        let (data, _) = try await URLSession.shared.data(from: URL(string: "http://127.0.0.1:\(port)/")!)
        return Int(String(decoding: data, as: UTF8.self))! - 1
    }
}
