import Foundation

/// A handler in another language: a program of its own, met over HTTP, which says on its first line where it listens.
package final class HandlerProgram: Sendable {
    // Only its end is asked of it any more.
    nonisolated(unsafe) private let process: RunningProgram
    /// Where it listens, on this machine.
    package let port: Int

    private init(
        _ program: String, _ arguments: [String], environment: [String: String?] = [:], saysOnErrors: Bool = false
    )
        throws
    {
        process = try RunningProgram(
            program, arguments, environment: environment, input: .pipe, output: saysOnErrors ? .nothing : .pipe,
            errors: saysOnErrors ? .pipe : .nothing)
        let line = try process.firstLine()
        guard let number = line.split(whereSeparator: { !$0.isNumber }).last, let port = Int(number) else {
            throw SupportError("\(program) does not say where it listens but: \(line)")
        }
        self.port = port
    }

    /// The address to call.
    package var address: String { "http://127.0.0.1:\(port)/" }

    /// One of the handlers in `Handlers`.
    private convenience init(script: String, _ arguments: [String]) throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Handlers/\(script)").path
        try self.init("python3", [path] + arguments)
    }

    /// A handler that answers with the steps, or with those that a call brings along; see `handler.py`.
    package static func steps(_ steps: String? = nil) throws -> HandlerProgram {
        try HandlerProgram(script: "handler.py", steps.map { [$0] } ?? [])
    }

    /// The phone menu, with a mistake; see `menu.py`.
    ///
    /// - Parameter certificate: what it serves `https://` with, and its key.
    package static func menu(_ mistake: String = "none", certificate: [String] = []) throws -> HandlerProgram {
        try HandlerProgram(script: "menu.py", [mistake] + certificate)
    }

    /// A handler that is no HTTP server as others are; see `raw.py`.
    package static func raw(_ way: String) throws -> HandlerProgram { try HandlerProgram(script: "raw.py", [way]) }

    /// What `rtmedia serve` serves by itself.
    ///
    /// - Parameters:
    ///   - program: the path of rtmedia.
    ///   - state: the folder for its secret.
    package static func demo(_ program: String, state: String) throws -> HandlerProgram {
        try HandlerProgram(
            program, ["serve", "--port", "0"], environment: ["XDG_STATE_HOME": state], saysOnErrors: true)
    }
}
