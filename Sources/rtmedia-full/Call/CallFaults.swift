import CallSimulation
import Presentation
import QuickCommands
import RealTimeAPI

/// Places calls with faults, and prints what the handler did wrong.
struct CallFaults {
    let calls: Int
    let seed: UInt64
    /// Which are tried; nil for all.
    let faults: Set<Fault>?
    let json: Bool

    /// What is told of all calls together.
    private struct Summary: Encodable {
        let calls: Int
        let tried: [String: Int]
        let isRepeatable: Bool
        let findings: Int
        let notes: Int
        let isGone: Bool
    }

    /// A finding, or what is only noted.
    private struct Record: Encodable {
        let fault: Fault
        let call: Int
        let request: Int
        let reason: String
        let isNote: Bool

        init(_ finding: FaultFinding, isNote: Bool) {
            fault = finding.fault
            call = finding.call
            request = finding.request
            reason = finding.reason
            self.isNote = isNote
        }
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
        let report = try await FaultRun.run(calls: calls, seed: seed, faults: faults) { number in
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
        for warning in report.warnings { Console.note("rtmedia: warning: \(warning.harmless)") }
        if !report.isRepeatable {
            Console.note(
                "rtmedia: two calls without faults were different, so the effect of faults is unknown"
            )
        }
        for finding in report.findings {
            Console.data(
                json
                    ? jsonLine(Record(finding, isNote: false))
                    : "call \(finding.call), request \(finding.request), \(finding.fault.rawValue): \(finding.reason)")
        }
        if json {
            for note in report.notes { Console.data(jsonLine(Record(note, isNote: true))) }
        } else if let note = report.notes.first {
            Console.note(
                "rtmedia: note: \(report.notes.count) x \(note.fault.rawValue): \(note.reason) (call \(note.call), request \(note.request)); the platform's page does not demand it, so it only counts with --fault \(note.fault.rawValue)"
            )
        }
        let tried = Dictionary(uniqueKeysWithValues: report.tried.map { ($0.key.rawValue, $0.value) })
        let summary = Summary(
            calls: report.calls, tried: tried, isRepeatable: report.isRepeatable, findings: report.findings.count,
            notes: report.notes.count, isGone: report.isGone)
        if json { return Console.data(jsonLine(summary)) }
        let counts = tried.sorted { $0.key < $1.key }.map { "\($0.value) x \($0.key)" }.joined(separator: ", ")
        let gone =
            report.isGone ? "; the handler stopped working, and \(calls - report.calls) calls were not placed" : ""
        Console.data(
            "\(report.calls) calls with faults (\(counts)): \(counted(report.findings.count, "finding"))\(gone)")
    }
}
