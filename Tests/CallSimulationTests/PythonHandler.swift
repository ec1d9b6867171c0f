import CallSimulation
import Foundation
import TelephonyAudio

/// A handler in Python: a process of its own, met over HTTP.
final class PythonHandler {
    private let process = Process()
    private let input = Pipe()
    let address: String

    /// - Parameter steps: what it answers, in JSON; see `handler.py`.
    init(_ steps: String...) throws {
        let output = Pipe()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "handler.py").path
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script, "[\(steps.joined(separator: ","))]"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line = ""
        while !line.hasSuffix("\n"), let more = try output.fileHandleForReading.read(upToCount: 1), !more.isEmpty {
            line += String(decoding: more, as: UTF8.self)
        }
        address = "http://127.0.0.1:\(line.dropLast())/call"
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Places a call to it; media 1 is two seconds of tone, and there is no other.
    func call(_ steps: [CallerScript.Step] = [], _ change: (inout CallSetup) -> Void = { _ in }) async throws
        -> CallOutcome
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "media-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.tone(.seconds(2)).wav).write(to: folder.appending(path: "1.wav"))
        let sounds = Sounds(folder: folder.path) { text, _ async throws(SimulationError) in
            PhoneAudio(samples: Self.tone(.milliseconds(100 * text.count)).samples)
        }
        var setup = CallSetup(try HandlerAddress(address), sounds: sounds)
        setup.caller = CallerScript(steps)
        change(&setup)
        return try await CallSimulator.place(setup)
    }

    /// A tone of 300 Hz at half the full scale: talk to a detector by level.
    static func tone(_ length: Duration) -> PhoneAudio {
        let count = Int(length / .microseconds(125))
        return PhoneAudio(samples: (0..<count).map { Int16(16_000 * sin(2 * .pi * 300 * Double($0) / 8000)) })
    }
}
