package import Files
import TelephonyAudio

/// One process of the worker, which is ended with its owner.
struct WorkerRun {
    private let path: String
    /// What errors are about: a text, or the worker.
    private let subject: String
    private let child: ChildProcess

    /// What the worker's own sentences on standard error begin with.
    private static let prefix = "rtmedia-speech: "
    /// How often a run looks whether it is still wanted.
    private static let interval = Duration.milliseconds(50)

    /// Starts the worker on a text.
    ///
    /// - Throws: `unavailable` if it can't be started, `inputOutput` if there is no room for the text.
    init(_ path: String, _ arguments: [String], text: String, about subject: String) throws(SpeechError) {
        self.path = path
        self.subject = subject
        // A file, not a pipe: a worker that does not read can't make this process wait.
        let input: OpenFile
        do throws(SystemError) {
            input = try OpenFile.temporary()
            try input.write(Array(text.utf8).span.bytes, at: 0)
        } catch { throw SpeechError(temporaryFile: error) }
        do throws(SystemError) {
            child = try ChildProcess(path, arguments: arguments, input: input, as: 0)
        } catch { throw SpeechError(.unavailable, path, "can't be started: \(error.reason)") }
    }

    /// What the worker writes until it ends well.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that are accepted.
    ///   - patience: the longest that it may take in all.
    ///   - cancellation: ends it when it is set.
    ///   - excess: what is wrong if there are more bytes, a clause.
    func output(
        limit: Int, patience: Duration, _ cancellation: Cancellation,
        excess: String = "becomes longer than is accepted; divide it"
    ) throws(SpeechError) -> [UInt8] {
        let deadline = ContinuousClock.now + patience
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { buffer.deallocate() }
        while let count = try read(into: buffer, until: deadline, cancellation) {
            bytes += buffer[..<count]
            guard bytes.count <= limit else {
                throw SpeechError(.limit, subject, excess)
            }
        }
        guard let exit = child.wait(until: deadline) else { throw tooSlow(patience) }
        try check(exit)
        return bytes

        /// How many bytes came; nil at the end.
        func read(
            into buffer: UnsafeMutableRawBufferPointer, until deadline: ContinuousClock.Instant,
            _ cancellation: Cancellation
        ) throws(SpeechError) -> Int? {
            while true {
                if cancellation.isSet { throw .cancelled }
                let left = deadline - .now
                do throws(ChildProcess.Failure) {
                    let count = try child.read(into: buffer, patience: min(max(.zero, left), Self.interval))
                    return count > 0 ? count : nil
                } catch {
                    if case .failed(let error) = error {
                        throw SpeechError(.engine, subject, "reading from the engine failed: \(error.reason)")
                    }
                    if left <= .zero { throw tooSlow(patience) }
                }
            }
        }
    }

    private func tooSlow(_ patience: Duration) -> SpeechError {
        SpeechError(.limit, subject, "the engine took longer than \(patience) and was stopped")
    }

    /// - Throws: what an exit that is not 0 means.
    private func check(_ exit: ChildProcess.Exit) throws(SpeechError) {
        let said = String(decoding: child.errorText, as: UTF8.self)
        let lines = said.split(separator: "\n")
        // The engine may have complained before the worker did.
        let own = lines.first { $0.hasPrefix(Self.prefix) }?.dropFirst(Self.prefix.count)
        let reason = String(own ?? lines.first ?? "")
        switch exit {
        case .code(0): return
        // What the loader says without memory; it names a library then too.
        case .code(127) where said.contains("failed to map"):
            throw SpeechError(.unavailable, path, "can't be started: \(reason)")
        case .code(127) where said.contains("libespeak-ng"):
            throw SpeechError(
                .unavailable, "espeak-ng",
                "is not installed; install it with: apt-get install libespeak-ng1 espeak-ng-data (\(reason))")
        case .code(71): throw SpeechError(.unavailable, path, reason)
        case .code(69): throw SpeechError(.unavailable, "espeak-ng", reason)
        case .code(65): throw SpeechError(.unknownVoice, subject, reason)
        case .code(64) where own == nil || reason.contains("is not known; say"):
            throw SpeechError(.unavailable, path, "is not rtmedia-speech of this version: \(reason)")
        case .code(let code):
            throw SpeechError(
                .engine, subject,
                "the engine failed with exit code \(code)\(reason.isEmpty ? "" : ": \(reason)"); other texts are not affected"
            )
        case .unknown:
            throw SpeechError(.unavailable, path, "it is unknown how it ended: this process ignores SIGCHLD")
        case .signal:
            throw SpeechError(
                .engine, subject,
                "the engine crashed on it (\(exit.signalName ?? "by a signal")); other texts are not affected")
        }
    }
}

extension SpeechError {
    /// That a temporary file can't be made or written.
    package init(temporaryFile error: SystemError) {
        let done = error.operation == .makeTemporary ? "made" : "written"
        self.init(
            .inputOutput, "a temporary file",
            "can't be \(done) in \(error.path), which is TMPDIR or else /tmp: \(error.reason)")
    }
}
