import Foundation
import SampleStores
import TestSupport

/// A PostgreSQL of a test's own, in a temporary folder, which goes with its owner.
///
/// The test that starts one needs the trait `.waiting`.
final class PostgresServer: Sendable {
    // Only its end is asked of it any more.
    nonisolated(unsafe) private let process: RunningProgram
    private let folder = TestFolder()
    /// The database as libpq takes it.
    let name: String

    /// Starts a server, and returns once it takes connections.
    init() async throws {
        name = "host=\(folder.path) dbname=postgres user=tests"
        let programs = try Self.output("pg_config", ["--bindir"])
        // It does not run as root; Debian's package has made a user for it.
        let user = geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        if geteuid() == 0 { _ = try Self.output("chown", ["postgres:postgres", folder.path]) }
        _ = try Self.output(
            "/usr/bin/env",
            user + [
                "\(programs)/initdb", "--pgdata", folder("data"), "--username=tests", "--auth=trust", "--no-sync",
            ])
        process = try RunningProgram(
            "/usr/bin/env",
            user + ["\(programs)/postgres", "-D", folder("data"), "-k", folder.path, "-c", "listen_addresses=", "-F"],
            in: folder.path, output: .file("/dev/null"), errors: .file("/dev/null"))
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            do {
                _ = try await PostgresConnection.open(name)
                return
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Ends it at once, with all that it started.
    deinit {
        process.send(SIGQUIT)
        _ = try? process.wait()
    }

    private static func output(_ program: String, _ arguments: [String]) throws -> String {
        let outcome = try RunningProgram.run(program, arguments, in: "/")
        guard outcome.status == 0 else { throw SupportError("\(program): \(outcome.errors)") }
        return outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
