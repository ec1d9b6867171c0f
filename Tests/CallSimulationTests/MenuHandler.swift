import CallSimulation
import Foundation
import FoundationNetworking
import TelephonyAudio
import TestSupport

/// The phone menu in Python, with a mistake; see `menu.py`.
struct MenuHandler {
    private let program: HandlerProgram
    private let scheme: String

    var port: Int { program.port }

    /// - Parameters:
    ///   - mistake: what it does wrong.
    ///   - certificate: what it serves `https://` with, and its key.
    init(_ mistake: String, certificate: [String] = []) throws {
        program = try .menu(mistake, certificate: certificate)
        scheme = certificate.isEmpty ? "http" : "https"
    }

    /// A handler that is no HTTP server as others are; see `raw.py`.
    init(raw way: String) throws {
        program = try .raw(way)
        scheme = "http"
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
        defer { withExtendedLifetime(program) {} }
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
