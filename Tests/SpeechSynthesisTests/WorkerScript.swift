import Foundation
import SpeechSynthesis

/// A worker that a test writes: it does what the test says for texts with a word in capitals, and is the real one for others.
final class WorkerScript {
    let folder: String
    var path: String { "\(folder)/worker" }

    /// The real worker, which is built beside the tests.
    static let real: String = {
        let program = try! FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return String(program[..<program.lastIndex(of: "/")!]) + "/rtmedia-speech"
    }()

    /// - Parameter lines: shell; `$word` is the first word in capitals of what is to be spoken, `$1` the first argument.
    init(_ lines: String) throws {
        folder = "/tmp/rtmedia-speech-test.\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let script = """
            #!/bin/bash
            cd "$(dirname "$0")"
            echo "$$ $*" >> log
            word=$(grep -o -m1 -E '[A-Z]{3,}' /dev/stdin | head -n1)
            \(lines)
            exec \(Self.real) "$@"
            """
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The process number and the arguments of each start.
    var starts: [(process: pid_t, arguments: String)] {
        let log = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
        return log.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 ? pid_t(parts[0]).map { ($0, String(parts[1])) } : nil
        }
    }

    /// Those that were to speak.
    var spoken: [pid_t] { starts.filter { $0.arguments != "--voices" }.map(\.process) }
}
