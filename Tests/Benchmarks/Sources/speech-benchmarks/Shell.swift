import Foundation

/// A command that is run for each text, so many at a time.
enum Shell {
    /// - Parameter command: words of shell, to which the text is added.
    static func run(_ command: String, _ texts: [String], jobs: Int) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "xargs -d '\\n' -n 1 -P \(jobs) \(command) > /dev/null"]
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(texts.map { $0 + "\n" }.joined().utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: command, status: process.terminationStatus) }
    }

    /// A command that failed.
    struct Failure: Error {
        let command: String
        let status: Int32
    }
}
