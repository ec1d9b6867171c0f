import CallSimulation

/// Places calls with faults, and prints what the handler did wrong.
struct CallFaults {
    let calls: Int
    let seed: UInt64
    let json: Bool

    /// What is told of all calls together.
    private struct Summary: Encodable {
        let calls: Int
        let tried: [String: Int]
        let isRepeatable: Bool
        let findings: Int
    }

    /// - Parameter setups: what each of so many calls is.
    /// - Throws: the exit code of data that is bad, if something was wrong; that of what is unavailable, if nobody is there.
    func run(_ setups: [CallSetup]) async throws {
        var isWrong = false
        for setup in setups where try await !isBorne(setup) { isWrong = true }
        try Console.checkData()
        if isWrong { throw ExitStatus.badData }
    }

    private func isBorne(_ setup: CallSetup) async throws -> Bool {
        let line = SharedProgress(isShown: true)
        let report = try await FaultRun.run(calls: calls, seed: seed) { number in
            [setup].call(number)
        } progress: { report in
            line.show(
                Double(report.calls) / Double(calls),
                "\(report.calls) of \(calls) calls, \(counted(report.findings.count, "finding"))")
        }
        line.clear()
        if let refusal = report.refusal, refusal.kind == .unreachable { throw ExitStatus.unreachable(refusal) }
        print(report)
        return report.refusal == nil && report.findings.isEmpty
    }

    private func print(_ report: FaultReport) {
        if let refusal = report.refusal {
            Console.note(lines: "rtmedia: the call fails without faults: \(refusal)")
            return
        }
        if !report.isRepeatable {
            Console.note(
                "rtmedia: two calls without faults were not the same, so that it can't be told whether faults change a call"
            )
        }
        for finding in report.findings {
            Console.data(
                json
                    ? jsonLine(finding)
                    : "call \(finding.call), request \(finding.request), \(finding.fault.rawValue): \(finding.reason)")
        }
        let tried = Dictionary(uniqueKeysWithValues: report.tried.map { ($0.key.rawValue, $0.value) })
        let summary = Summary(
            calls: report.calls, tried: tried, isRepeatable: report.isRepeatable, findings: report.findings.count)
        if json { return Console.data(jsonLine(summary)) }
        let counts = tried.sorted { $0.key < $1.key }.map { "\($0.value) x \($0.key)" }.joined(separator: ", ")
        Console.data("\(report.calls) calls with faults (\(counts)): \(counted(report.findings.count, "finding"))")
    }
}
