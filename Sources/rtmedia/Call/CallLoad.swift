import ArgumentParser
import CallSimulation
import RealTimeProtocol

/// Places many calls, and prints what became of them.
struct CallLoad {
    let plan: LoadPlan
    let json: Bool

    /// - Throws: the exit code of data that is bad, if a call failed.
    func run(_ setup: CallSetup) async throws {
        var setup = setup
        setup.keepsAudio = false
        let base = setup
        let line = SharedProgress(isShown: true)
        let plan = plan
        let report = try await LoadGenerator.run(plan) { number in
            var setup = base
            setup.call = CallID(rawValue: base.call.rawValue &+ UInt64(number))
            return setup
        } progress: { report in
            line.show(
                Double(report.calls) / Double(plan.calls),
                "\(report.calls) of \(plan.calls) calls, \(report.failedCalls) failed")
        }
        line.clear()
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
