import Foundation
import TestSupport

/// A program that serves a webhook until its owner goes: on its first line it says where.
///
/// The test that starts one needs the trait `.waiting`.
final class ServingProgram: Sendable {
    // Only its end is asked of it any more.
    nonisolated(unsafe) private let process: RunningProgram
    /// The address to call.
    let address: URL

    /// Starts a program in the folder `samples`, and returns once it listens.
    init(_ program: String, _ arguments: [String]) throws {
        process = try RunningProgram(
            program, arguments, in: samplesFolder, environment: ["RTMEDIA_SECRET": testSecret])
        let line = try process.firstLine()
        guard let address = line.split(separator: " ").last.flatMap({ URL(string: String($0)) }), address.port != nil
        else { throw SupportError("\(program) does not say where it listens but: \(line)") }
        self.address = address
    }

    /// `sample-flows`, which lies beside the tests.
    static func sampleFlows(_ arguments: String...) throws -> ServingProgram {
        try ServingProgram(products + "/sample-flows", arguments)
    }

    /// The sample handler in Python.
    static func python() throws -> ServingProgram { try ServingProgram("python3", ["handlers/voicemail.py"]) }

    /// The folder of the executables that were built with the tests.
    static let products = URL(
        filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().path
}
