import Synchronization
public import TelephonyAudio

/// Places many calls, and measures how a handler bears them.
public enum LoadGenerator {
    /// Places calls until all are over, or until it is clear that nobody is there to answer any.
    ///
    /// With a rate the calls come as callers do, by the clock: one that has to wait, because so many go on or because
    /// this machine is busy, is measured from when it should have begun, so that a handler that stalls can't hide it by
    /// keeping calls from beginning (Tene's "coordinated omission").
    ///
    /// - Parameters:
    ///   - plan: how many, and how fast.
    ///   - setup: makes a call of its number, 0 and up.
    ///   - progress: called after each call, on any thread, one call at a time.
    /// - Throws: a ``SimulationError`` if a call can't be placed, `cancelled` if the task is; what handlers do wrong is in the report.
    public static func run(
        _ plan: LoadPlan, setup: @escaping @Sendable (Int) -> CallSetup,
        progress: @escaping @Sendable (LoadReport) -> Void = { _ in }
    ) async throws(SimulationError) -> LoadReport {
        let run = LoadRun(plan, setup: setup, progress: progress)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<min(plan.concurrency, plan.calls) { group.addTask { try await run.work() } }
                try await group.waitForAll()
            }
        } catch let error as SimulationError {
            throw error
        } catch is NobodyThere {
            // The report says so.
        } catch { throw SimulationError(.cancelled, "load", "was cancelled after \(run.report.calls) calls") }
        return run.report
    }
}

/// Nobody is at the address.
private struct NobodyThere: Error {}

/// What the lines share, each of which places one call after another.
private final class LoadRun: Sendable {
    private let plan: LoadPlan
    private let setup: @Sendable (Int) -> CallSetup
    private let progress: @Sendable (LoadReport) -> Void
    private let begin = ContinuousClock.now
    private let next = Atomic(0)
    private let state = Mutex(LoadReport())

    init(
        _ plan: LoadPlan, setup: @escaping @Sendable (Int) -> CallSetup,
        progress: @escaping @Sendable (LoadReport) -> Void
    ) {
        self.plan = plan
        self.setup = setup
        self.progress = progress
    }

    var report: LoadReport { state.withLock { $0 } }

    /// Places calls on one line, over one connection.
    func work() async throws {
        var connection: HandlerConnection?
        while true {
            try Task.checkCancellation()
            let number = next.add(1, ordering: .relaxed).oldValue
            guard number < plan.calls else { return }
            let intended = plan.start(of: number).map { begin + $0 }
            if let intended { try await Task.sleep(until: intended, clock: .continuous) }
            let setup = setup(number)
            let line = connection ?? HandlerConnection(setup)
            connection = line
            let outcome = try await CallSimulator.place(setup, over: line)
            try state.withLock { report in
                if outcome.isUnanswered, report.requests == 0 {
                    report.refusal = outcome.refusal
                    throw NobodyThere()
                }
                report.add(outcome, intended: intended)
                report.time = .now - begin
                progress(report)
            }
        }
    }
}
