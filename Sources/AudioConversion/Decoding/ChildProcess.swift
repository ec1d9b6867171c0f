import Glibc
import Synchronization

/// A child process whose output is read with a time limit; it is ended with its owner.
package final class ChildProcess {
    private let identifier: pid_t
    private let output: FileDescriptor
    private let errors: FileDescriptor
    private var isReaped = false
    /// Whether the child can still say something on standard error.
    private var canComplain = true
    package private(set) var errorText: [UInt8] = []

    /// Why reading ended, where it is not the end.
    package enum Failure: Error {
        case timedOut
        case readFailed
    }

    /// How a child ended.
    package enum Exit: Sendable, Hashable {
        case code(Int32)
        case signal(Int32)
    }

    /// The most of what a child says on standard error that is kept.
    private static let errorTextLimit = 4096
    /// Held from the making of the pipes until they are marked to be closed in children, so that no other child gets them.
    private static let starting = Mutex(())

    /// The path of a program in PATH; nil if it is not installed.
    package static func find(_ program: String) -> String? {
        let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        return path.split(separator: ":").lazy.map { "\($0)/\(program)" }.first { access($0, X_OK) == 0 }
    }

    /// Starts a program; nil if that fails, with the reason in `errno`.
    ///
    /// - Parameters:
    ///   - path: of the program.
    ///   - arguments: what follows its name.
    ///   - input: a file that is open to the program.
    ///   - number: the descriptor that the program finds it at: 3, with nothing on standard input, or 0.
    package init?(_ path: String, arguments: [String], input: FileDescriptor, as number: Int32 = 3) {
        let pipes = Self.starting.withLock { _ in (Self.pipe(), Self.pipe()) }
        guard let outputPipe = pipes.0, let errorPipe = pipes.1 else { return nil }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, outputPipe.writing.number, 1)
        posix_spawn_file_actions_adddup2(&actions, errorPipe.writing.number, 2)
        posix_spawn_file_actions_adddup2(&actions, input.number, number)
        if number != 0 { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }

        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let code = Self.starting.withLock { _ in posix_spawn(&identifier, path, &actions, nil, &words, environ) }
        guard code == 0 else {
            errno = code
            return nil
        }
        self.identifier = identifier
        output = outputPipe.reading
        errors = errorPipe.reading
        _ = fcntl(errors.number, F_SETFL, O_NONBLOCK)
    }

    deinit {
        guard !isReaped else { return }
        kill(identifier, SIGKILL)
        _ = wait()
    }

    private static func pipe() -> (reading: FileDescriptor, writing: FileDescriptor)? {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
    }

    /// Reads what the child has written, up to the buffer's size; 0 at the end.
    ///
    /// - Parameter patience: how long to wait while nothing comes.
    package func read(into buffer: UnsafeMutableRawBufferPointer, patience: Duration) throws(Failure) -> Int {
        let deadline = ContinuousClock.now + patience
        while true {
            let (seconds, attoseconds) = max(.zero, deadline - .now).components
            let milliseconds = min(seconds * 1000 + attoseconds / 1_000_000_000_000_000, 1 << 30)
            // A pipe that nobody writes to any more would be ready always; poll passes over -1.
            var polled = [output.number, canComplain ? errors.number : -1].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&polled, 2, Int32(milliseconds))
            if ready < 0 && errno == EINTR { continue }
            if polled[1].revents & Int16(POLLIN) != 0 {
                drainErrors()
            } else if polled[1].revents != 0 {
                canComplain = false
            }
            guard ready > 0, polled[0].revents != 0 else {
                // Complaints alone are no sign of progress.
                guard ContinuousClock.now < deadline else { throw .timedOut }
                continue
            }
            let count = Glibc.read(output.number, buffer.baseAddress!, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .readFailed }
            return count
        }
    }

    /// Waits for the child to end; its exit code, or nil if a signal ended it.
    package func wait() -> Int32? {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
        isReaped = true
        drainErrors()
        return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
    }

    /// Waits for the child to end, as long as there is time; nil if there was not enough.
    package func wait(until deadline: ContinuousClock.Instant) -> Exit? {
        var status: Int32 = 0
        var pause: UInt32 = 20  // microseconds: one that has closed its output is about to end
        while true {
            let ended = waitpid(identifier, &status, WNOHANG)
            if ended == identifier { break }
            guard ended == 0 || errno == EINTR, ContinuousClock.now < deadline else { return nil }
            usleep(pause)
            pause = min(2 * pause, 5000)
        }
        isReaped = true
        drainErrors()
        return status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }

    /// Takes what there is on standard error, as much as a pipe holds, and keeps its beginning.
    private func drainErrors() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<16 {
            let count = Glibc.read(errors.number, &bytes, bytes.count)
            guard count > 0 else { return }
            errorText += bytes[..<min(count, max(0, Self.errorTextLimit - errorText.count))]
        }
    }
}
