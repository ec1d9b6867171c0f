import Foundation

/// A program that serves a webhook until its owner goes: on its first line it says where.
final class ServingProgram: Sendable {
    private let process = Process()
    /// The address to call.
    let address: URL

    /// The port of ``address``.
    var port: Int { address.port ?? 0 }

    /// Starts a program in the folder `samples`, and returns once it listens.
    init(_ program: String, _ arguments: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: samplesFolder)
        process.environment = ProcessInfo.processInfo.environment.merging(["RTMEDIA_SECRET": testSecret]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = output.firstLine()
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
        guard let address = line.split(separator: " ").last.flatMap({ URL(string: String($0)) }), address.port != nil
        else { throw CocoaError(.fileReadUnknown) }
        self.address = address
    }

    /// `sample-flows`, which lies beside the tests.
    static func sampleFlows(_ arguments: String...) throws -> ServingProgram {
        try ServingProgram(products + "/sample-flows", arguments)
    }

    /// The sample handler in Python.
    static func python() throws -> ServingProgram {
        try ServingProgram("/usr/bin/env", ["python3", "handlers/voicemail.py"])
    }

    deinit { kill() }

    /// Ends the process without letting it do anything more, and waits until it has gone.
    func kill() {
        guard process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// The folder of the executables that were built with the tests.
    static let products = URL(
        filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    ).deletingLastPathComponent().path
}

extension Pipe {
    /// The first line that comes, without its end; what has come of it if nothing more does.
    ///
    /// `FileHandle` gives up when a signal comes, such as that a child of another test has ended.
    fileprivate func firstLine() -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(fileHandleForReading.fileDescriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1, byte != UInt8(ascii: "\n") else { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
    }
}
