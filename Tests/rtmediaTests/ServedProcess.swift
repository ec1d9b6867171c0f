import Foundation
import TestSupport
import Testing

/// A server that runs until it is told to stop, or its owner goes.
final class ServedProcess {
    private let process: RunningProgram
    /// Where it listens.
    let port: Int

    /// The number of the process.
    var identifier: Int32 { process.identifier }

    /// What it said so far.
    var log: String { process.said }

    /// Starts a server and waits until it listens.
    ///
    /// - Parameters:
    ///   - place: where it runs, and where its home is.
    init(_ arguments: [String], in place: Workplace, environment: [String: String] = [:]) throws {
        var variables: [String: String?] = ["HOME": place.path, "XDG_STATE_HOME": ""]
        for name in ["RTMEDIA_SECRET", "RTMEDIA_LOGIN", "RTMEDIA_PASSWORD"] { variables[name] = .some(nil) }
        process = try RunningProgram(
            "\(Workplace.products)/rtmedia", arguments, in: place.path,
            environment: variables.merging(environment.mapValues { $0 }) { $1 }, output: .pipe, errors: .pipe)
        port = try #require(Int(try process.read(until: /:([0-9]+)\/(, to everybody)?\n/).1))
    }

    /// Reads what it says until something is said.
    @discardableResult
    func read<Output>(until pattern: Regex<Output>) throws -> Output { try process.read(until: pattern) }

    func send(_ signal: Int32) { process.send(signal) }

    /// Waits for its end.
    ///
    /// - Returns: the exit code.
    func end(_ signal: Int32 = SIGTERM) throws -> Int32 {
        send(signal)
        return try waitForEnd()
    }

    func waitForEnd() throws -> Int32 { try process.wait() }
}
