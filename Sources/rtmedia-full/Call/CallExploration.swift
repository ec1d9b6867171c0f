import CallSimulation
import Presentation
import QuickCommands
import RealTimeAPI

/// Explores a handler, and prints the paths on which it errs.
struct CallExploration {
    let bounds: ExplorationBounds
    /// Where the scenarios are left that show what is wrong; nil prints them.
    let recorder: CallRecorder?
    let json: Bool

    /// A finding for programs.
    private struct Record: Encodable {
        let kind: ExplorationFinding.Kind
        let reason: String
        let steps: [String]
        let loop: [String]
        let scenario: String?
        let isShown: Bool
        /// Why the scenario does not show it.
        let failure: String?
    }

    /// A note for programs.
    private struct NoteRecord: Encodable {
        let note: String
        let steps: [String]
    }

    /// What is told of all calls together.
    private struct Summary: Encodable {
        let calls: Int
        let requests: Int
        let depth: Int
        let isComplete: Bool
        let findings: Int
    }

    /// - Throws: the exit code of data that is bad, if something is wrong; that of what is unavailable, if nobody is there.
    func run(_ setup: CallSetup) async throws {
        try recorder?.expectRoom(for: Self.file(1))
        let line = SharedProgress(isShown: true)
        let report = await Explorer.run(bounds, setup: setup) { report in
            line.show(
                Double(report.calls) / Double(bounds.maximumCalls),
                "\(report.calls) calls, \(report.depth) commands deep")
        }
        line.clear()
        if let refusal = report.refusal { throw ExitStatus.unreachable(refusal) }
        for (number, finding) in report.findings.enumerated() {
            let showing = await finding.showing(as: setup)
            print(finding, showing)
            if let showing { try leave(showing, of: finding, number + 1) }
        }
        for note in report.notes { print(note) }
        let summary = Summary(
            calls: report.calls, requests: report.requests, depth: report.depth, isComplete: report.isComplete,
            findings: report.findings.count)
        Console.data(json ? jsonLine(summary) : Self.line(report))
        try Console.checkData()
        if !report.findings.isEmpty { throw ExitStatus.badData }
    }

    private func print(_ note: ExplorationNote) {
        let steps = note.steps.map(\.description)
        if json { return Console.data(jsonLine(NoteRecord(note: note.text, steps: steps))) }
        Console.data("note: \(note.text)" + (steps.isEmpty ? "" : " (after \(steps.joined(separator: ", ")))"))
    }

    private func print(_ finding: ExplorationFinding, _ showing: ExplorationShowing?) {
        if json {
            let record = Record(
                kind: finding.kind, reason: finding.reason, steps: finding.steps.map(\.description),
                loop: finding.loop.map(\.description), scenario: showing?.scenario.yaml,
                isShown: showing.map { $0.failure == nil } ?? false, failure: showing?.failure)
            return Console.data(jsonLine(record))
        }
        Console.data(lines: "\(finding.kind.rawValue): \(finding.reason)")
        for (number, step) in finding.steps.enumerated() { Console.data("  \(number + 1). \(step)") }
        if !finding.loop.isEmpty {
            Console.data("  then forever: " + finding.loop.map(\.description).joined(separator: ", "))
        }
        if showing == nil { Console.data("  It does not happen each time, so no scenario reproduces it.") }
    }

    /// Writes or prints the scenario, and whether it shows what was found.
    private func leave(_ showing: ExplorationShowing, of finding: ExplorationFinding, _ number: Int) throws {
        let yaml = showing.scenario.yaml
        let name = Self.file(number)
        let verb = finding.kind == .gone ? "was not run" : "does not reproduce it with this caller and media"
        let remark = showing.failure.map { "\(verb): \($0)" }
        if let recorder {
            try recorder.write(Array(((remark.map { "# It \($0.harmless)\n" } ?? "") + yaml).utf8), name)
            if !json { Console.data("  \(name) \(remark ?? "reproduces it")") }
        } else if !json {
            Console.data(remark.map { "  The scenario, which \($0):" } ?? "  The scenario that reproduces it:")
            for line in yaml.split(separator: "\n") { Console.data("    \(line)") }
        }
    }

    private static func file(_ number: Int) -> String { "finding-\(number).yaml" }

    private static func line(_ report: ExplorationReport) -> String {
        let findings =
            report.findings.isEmpty
            ? (report.isComplete ? "no findings" : "no findings so far") : counted(report.findings.count, "finding")
        if report.isGone {
            return "\(report.calls) calls, \(report.requests) requests: \(findings) (the handler stopped working)"
        }
        let extent =
            report.isComplete
            ? "all paths to their end"
            : "\(report.cutPaths) paths are longer, \(report.openPaths) were not tried; see --max-depth, --max-calls"
        return
            "\(report.calls) calls, \(report.requests) requests, up to \(report.depth) commands: \(findings) (\(extent))"
    }
}
