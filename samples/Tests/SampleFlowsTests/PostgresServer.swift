import Foundation
import SampleStores

/// A PostgreSQL of a test's own, in a temporary folder, which goes with its owner.
final class PostgresServer: Sendable {
    private let process = Process()
    private let folder: URL
    /// The database as libpq takes it.
    let name: String

    /// Starts a server, and returns once it takes connections.
    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString.prefix(8))")
        name = "host=\(folder.path) dbname=postgres user=tests"
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let programs = try Self.output("/usr/bin/env", ["pg_config", "--bindir"])
        // It does not run as root; Debian's package has made a user for it.
        let user = geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        if geteuid() == 0 { _ = try Self.output("/usr/bin/env", ["chown", "postgres:postgres", folder.path]) }
        _ = try Self.output(
            "/usr/bin/env",
            user + [
                "\(programs)/initdb", "--pgdata", "\(folder.path)/data", "--username=tests", "--auth=trust",
                "--no-sync",
            ])
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            user + [
                "\(programs)/postgres", "-D", "\(folder.path)/data", "-k", folder.path, "-c", "listen_addresses=", "-F",
            ]
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while true {
            do {
                _ = try await PostgresConnection.open(name)
                return
            } catch {
                guard process.isRunning else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Ends it at once, with all that it started.
    deinit {
        if process.isRunning {
            kill(process.processIdentifier, SIGQUIT)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: folder)
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: "/")
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
