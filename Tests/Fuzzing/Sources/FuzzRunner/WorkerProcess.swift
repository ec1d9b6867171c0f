import Foundation

/// This program once more, as a worker.
final class WorkerProcess {
    private let process = Process()
    private let pipe = Pipe()
    private var text: [UInt8] = []

    /// Unless the user says otherwise: a crash should end a worker at once, and leaks show as memory that grows.
    private static let environment = [
        "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1",
    ]

    deinit { try? FileManager.default.removeItem(atPath: Worker.folder(of: process.processIdentifier)) }

    /// - Parameter log: the file that takes what the worker says on standard error; else nobody hears it.
    init(_ run: FuzzRun, from first: Int, log: String?) throws {
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = run.arguments + ["--worker", "\(first)"]
        process.environment = ProcessInfo.processInfo.environment.merging(Self.environment) { given, _ in given }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        if let log {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
            process.standardError = FileHandle(forWritingAtPath: log)
        }
        try process.run()
        try pipe.fileHandleForWriting.close()
    }

    /// The next line; nil once the worker has ended.
    ///
    /// - Throws: ``Silence`` if none comes for so many seconds.
    func line(patience: Double) throws(Silence) -> String? {
        while true {
            if let end = text.firstIndex(of: 10) {
                defer { text.removeSubrange(...end) }
                return String(decoding: text[..<end], as: UTF8.self)
            }
            var polled = pollfd(fd: pipe.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&polled, 1, Int32(patience * 1000)) > 0 else { throw Silence() }
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(polled.fd, &buffer, buffer.count)
            guard count > 0 else { return nil }
            text += buffer[..<count]
        }
    }

    /// A worker said nothing for too long.
    struct Silence: Error {}

    /// Waits for the worker to end; what ended it, or nil for success.
    func wait() -> String? {
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal { return String(cString: strsignal(process.terminationStatus)) }
        return process.terminationStatus == 0 ? nil : "exit code \(process.terminationStatus)"
    }

    /// Ends the worker at once.
    func kill() {
        _ = Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
