import CallSimulation
import CommandArguments
import Dispatch
import Files
import QuickCommands
import Synchronization

/// A handler that runs while calls are placed, and ends with them, whatever ends them.
///
/// What it writes comes on standard error, line by line.
final class StartedHandler: Sendable {
    private enum Phase {
        case starting
        case running
        case failed(SystemError)
        /// By itself, or since it was to end.
        case ended(ChildProcess.Exit, byItself: Bool)

        var isGoingOn: Bool {
            switch self {
            case .starting, .running: true
            case .failed, .ended: false
            }
        }
    }

    private let phase = Mutex<Phase>(.starting)
    private let isToEnd = Atomic(false)

    /// The longest line that is told whole.
    private static let longestLine = 2000
    /// How long its output is waited for before it is asked again whether it is to end.
    ///
    /// Nobody cancels the task that sleeps so long.
    private static let moment = Duration.milliseconds(20)
    /// How often it is read from when it is to end.
    private static let lastReads = 50

    /// Starts a handler, and waits until it listens.
    ///
    /// - Parameters:
    ///   - line: what a shell runs.
    ///   - patience: how long it may take.
    /// - Throws: the exit code of what is unavailable, having told why.
    init(_ line: String, at address: HandlerAddress, within patience: Duration) async throws {
        let place = "\(address.host), port \(address.port)"
        guard await !address.takesConnections() else {
            throw Self.failure("somebody listens already at \(place): end that, or name another port")
        }
        // On a thread of its own, which may wait.
        DispatchQueue.global().async { self.run(line) }
        let deadline = ContinuousClock.now + patience
        while true {
            // Looked at before: one that has ended has listened at nothing.
            let state = phase.withLock { $0 }
            switch state {
            case .failed(let error): throw Self.failure("a shell can't be started: \(error.reason)")
            case .ended(let exit, _):
                throw Self.failure("the handler ended before it listened at \(place): \(Self.shown(exit))")
            case .starting, .running: break
            }
            if await address.takesConnections() { return }
            guard ContinuousClock.now < deadline else {
                await end()
                throw Self.failure(
                    "the handler does not listen at \(place) after \(patience / .seconds(1)) s: --wait has more patience"
                )
            }
            try? await Task.sleep(for: Self.moment)
        }
    }

    /// Ends the handler, and tells if it ended before.
    func end() async {
        isToEnd.store(true, ordering: .relaxed)
        while phase.withLock({ $0.isGoingOn }) { try? await Task.sleep(for: Self.moment) }
        if case .ended(let exit, byItself: true) = phase.withLock({ $0 }) {
            Console.note("rtmedia: the handler ended while calls were placed: \(Self.shown(exit))")
        }
    }

    private func run(_ line: String) {
        let program: ShellProgram
        do throws(SystemError) { program = try ShellProgram(line) } catch {
            return phase.withLock { $0 = .failed(error) }
        }
        phase.withLock { $0 = .running }
        var rest: [UInt8] = []
        var isOver = false
        // Once it is to end, what it has written before that is taken, and whether it has ended just now is seen; of one that
        // never stops to write, no more than that.
        var readsLeft = Self.lastReads
        while !isOver, readsLeft > 0 {
            let wasToEnd = isToEnd.load(ordering: .relaxed)
            let bytes = program.output(patience: Self.moment)
            isOver = bytes == nil
            if wasToEnd { readsLeft = bytes?.isEmpty == true ? 0 : readsLeft - 1 }
            Self.tell(&rest, bytes ?? [])
        }
        program.end()
        if !rest.isEmpty { Self.tell(rest[...]) }
        phase.withLock { $0 = .ended(program.exit, byItself: isOver) }
    }

    // MARK: Telling

    /// Tells the lines that are complete, and keeps the rest.
    private static func tell(_ rest: inout [UInt8], _ bytes: [UInt8]) {
        rest += bytes
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let last = lines.removeLast()
        for line in lines { tell(line) }
        rest = Array(last)
        guard rest.count > longestLine else { return }
        tell(rest[...])
        rest = []
    }

    private static func tell(_ line: ArraySlice<UInt8>) {
        let isCut = line.count > longestLine
        Console.note("handler: \(String(decoding: line.prefix(longestLine), as: UTF8.self))\(isCut ? "..." : "")")
    }

    private static func shown(_ exit: ChildProcess.Exit) -> String {
        if case .code(let code) = exit { return "exit code \(code)" }
        return exit.signalName ?? "it is not known how"
    }

    private static func failure(_ message: String) -> ExitCode {
        Console.note("rtmedia: \(message)")
        return ExitStatus.unavailable
    }
}
