import ArgumentParser
import CallSimulation

/// Places many calls, and prints what became of them.
struct CallLoad {
    let plan: LoadPlan
    let json: Bool

    /// - Throws: the exit code of data that is bad, if a call failed; that of what is unavailable, if nobody is there.
    func run(_ setups: [CallSetup]) async throws {
        let line = SharedProgress(isShown: true)
        let plan = plan
        let report = try await LoadGenerator.run(plan) { number in
            setups.call(number)
        } progress: { report in
            line.show(
                Double(report.calls) / Double(plan.calls),
                "\(report.calls) of \(plan.calls) calls, \(report.failedCalls) failed")
        }
        line.clear()
        if let refusal = report.refusal { throw ExitStatus.unreachable(refusal) }
        let printer = LoadPrinter(report)
        if json {
            Console.data(jsonLine(printer))
        } else {
            for line in printer.lines(hasRate: plan.rate != nil) { Console.data(line) }
        }
        try Console.checkData()
        if report.failedCalls > 0 { throw ExitStatus.badData }
    }
}
