import Foundation
import TelephonyAudio

/// `rtmedia tune` of the release build, on recordings in a temporary folder.
final class Tool {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "tuning-benchmarks.\(UUID().uuidString)")
    private let executable = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../.build/release/rtmedia").standardizedFileURL

    /// Writes recordings into folders that say what is on them; nil if there is no release build.
    init?(_ recordings: [(samples: [Int16], isTalk: Bool)]) throws {
        guard FileManager.default.isExecutableFile(atPath: executable.path) else { return nil }
        for kind in ["talk", "no-talk"] {
            try FileManager.default.createDirectory(
                at: folder.appending(path: kind), withIntermediateDirectories: true)
        }
        for (index, recording) in recordings.enumerated() {
            let file = folder.appending(path: "\(recording.isTalk ? "talk" : "no-talk")/\(index).wav")
            try Data(PhoneAudio(samples: recording.samples).wav).write(to: file)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Runs it, and has it write a report.
    func run() throws {
        let process = Process()
        process.executableURL = executable
        process.arguments = [
            "tune", "\(folder.path)/talk", "\(folder.path)/no-talk", "--cache", "\(folder.path)/cache", "--report",
            "\(folder.path)/report.html", "--force", "--quiet",
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    }

    /// It failed.
    struct Failure: Error {
        let status: Int32
    }
}
