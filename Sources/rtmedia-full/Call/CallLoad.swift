import CallSimulation
import CommandArguments
import Files
import Presentation
import QuickCommands
import Synchronization
import UnixSignals

/// Places many calls, and prints what became of them.
struct CallLoad: Sendable {
    let plan: LoadPlan
    let json: Bool

    /// - Throws: the exit code of data that is bad, if a call failed; that of what is unavailable, if nobody is there.
    func run(_ setups: [CallSetup]) async throws {
        let line = SharedProgress(isShown: true)
        let plan = plan
        let soFar = LatestReport()
        let signals = await UnixSignalsSequence(trapping: .sigint)
        let interruption = Task { for await _ in signals { interrupt(soFar, line) } }
        defer { interruption.cancel() }
        let report = try await LoadGenerator.run(plan) { number in
            setups.call(number)
        } progress: { report in
            soFar.note(report)
            line.show(
                Double(report.calls) / Double(plan.calls),
                "\(report.calls) of \(plan.calls) calls, \(report.failedCalls) failed")
        }
        guard soFar.take() != nil else { return }
        line.clear()
        if let refusal = report.refusal { throw ExitStatus.unreachable(refusal) }
        print(report)
        try Console.checkData()
        if report.failedCalls > 0 { throw ExitStatus.badData }
    }

    private func print(_ report: LoadReport) {
        let printer = LoadPrinter(report)
        if json { return Console.data(jsonLine(printer)) }
        for line in printer.lines(hasRate: plan.rate != nil) { Console.data(lines: line) }
    }

    /// Prints what was measured until now, and exits: calls that go on may take long to end.
    private func interrupt(_ soFar: LatestReport, _ line: SharedProgress) {
        guard let report = soFar.take() else { return }
        line.clear()
        print(report)
        Console.note("rtmedia: interrupted after \(report.calls) of \(plan.calls) calls")
        OwnProcess.exit(ExitStatus.interrupted.rawValue)
    }
}

/// What a load has measured until now, for the one who prints it: the load's end or an interruption.
private final class LatestReport: Sendable {
    private let report = Mutex<LoadReport?>(LoadReport())

    func note(_ latest: LoadReport) { report.withLock { if $0 != nil { $0 = latest } } }

    /// The report, once.
    func take() -> LoadReport? {
        report.withLock { report in
            defer { report = nil }
            return report
        }
    }
}
