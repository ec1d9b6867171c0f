import Foundation
import Glibc

/// A handler that runs while a test does: a program that says on its first line where it listens.
final class HandlerProcess {
    private let process = Process()
    private let input = Pipe()
    /// The address to call.
    let address: String

    /// A handler in Python that answers with the steps, or with those that a scenario carries; see `handler.py`.
    convenience init(steps: String? = nil) throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "CallSimulationTests/handler.py").path
        try self.init("/usr/bin/env", ["python3", script] + (steps.map { [$0] } ?? []), line: \.standardOutput)
    }

    /// The phone menu in Python, with a mistake; see `menu.py`.
    static func menu(_ mistake: String) throws -> HandlerProcess {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "CallSimulationTests/menu.py").path
        return try HandlerProcess("/usr/bin/env", ["python3", script, mistake], line: \.standardOutput)
    }

    /// What `rtmedia serve` serves by itself.
    ///
    /// - Parameter state: the folder for its secret.
    static func demo(state: String) throws -> HandlerProcess {
        try HandlerProcess(
            "\(Workplace.products)/rtmedia", ["serve", "--port", "0"], line: \.standardError,
            environment: ["XDG_STATE_HOME": state])
    }

    private init(
        _ program: String, _ arguments: [String], line: ReferenceWritableKeyPath<Process, Any?>,
        environment: [String: String] = [:]
    ) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process[keyPath: line] = output
        try process.run()
        let port = output.firstLine().split { !$0.isNumber }.last.map(String.init) ?? ""
        address = "http://127.0.0.1:\(port)/"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
