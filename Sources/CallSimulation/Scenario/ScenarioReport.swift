import RealTimeAPI
import TelephonyAudio

/// What became of a scenario.
public struct ScenarioReport: Sendable {
    /// One of its calls, and how it differs from what was expected.
    public struct Call: Sendable {
        /// Its name; empty for the only one.
        public let name: String
        /// What it left behind.
        public let outcome: CallOutcome
        /// How it differs: lines for people, those of `-` expected and those of `+` as they came, harmless to terminals; empty
        /// if it does not.
        public let differences: [String]
        /// How many differences there are.
        public let count: Int
    }

    /// What is worth knowing of the calls whether they came as expected or not: warnings, and steps of callers that never came
    /// about; each once, for people, harmless to terminals.
    public var notes: [String] {
        var notes: [String] = []
        for call in calls {
            let name = calls.count > 1 ? "\(call.name): " : ""
            let undone = call.count > 0 ? [] : call.outcome.undone.filter(\.isAct).map(\.undoneText)
            for text in call.outcome.warnings.map({ "warning: \($0)" }) + undone {
                let note = "\(name)\(text)".harmless
                if !notes.contains(note) { notes.append(note) }
            }
        }
        return notes
    }

    /// The scenario's name.
    public let name: String
    /// Its calls.
    public let calls: [Call]

    /// Whether all came as it was expected.
    public var isPassed: Bool { calls.allSatisfy { $0.count == 0 } }

    /// How many differences there are.
    public var count: Int { calls.reduce(0) { $0 + $1.count } }

    /// The differences of all calls, for people; empty if there are none.
    public var text: String { lines.joined(separator: "\n") }

    /// The lines of the text.
    package var lines: [String] {
        let several = calls.count > 1
        return calls.filter { $0.count > 0 }.flatMap { call in
            (several ? ["\(call.name):".harmless] : []) + call.differences
        }
    }
}

extension ScenarioReport.Call {
    /// Compares a call with what was expected of it.
    ///
    /// - Throws: what ``TextPattern/matches(_:)`` throws.
    init(
        _ name: String, _ outcome: CallOutcome, _ expectation: Expectation, file: String?
    ) throws(SimulationError) {
        var comparison = Comparison(file: file)
        try comparison.compare(outcome, expectation)
        self.init(name: name, outcome: outcome, differences: comparison.text, count: comparison.count)
    }
}

/// Collects differences.
private struct Comparison {
    let file: String?
    var lines: [String] = []
    var count = 0

    /// The lines, and what the caller did not come to do.
    var text: [String] { count == 0 ? [] : lines.map(\.harmless) }

    mutating func compare(_ outcome: CallOutcome, _ expectation: Expectation) throws(SimulationError) {
        if let commands = expectation.commands {
            try compare(commands, outcome.steps)
        }
        compareRefusal(outcome, expectation)
        if let status = expectation.status, outcome.refusal == nil || expectation.refusal != nil,
            status != outcome.status
        {
            differ("status", status.name, outcome.status.name)
        }
        for member in expectation.variables {
            let value = outcome.variables.value[member.name]
            guard try !member.value.matches(value) else { continue }
            differ(
                "variables", "\(member.name): \(member.value)", "\(member.name): \(value?.resolved.written ?? "(none)")"
            )
        }
        for step in outcome.undone where count > 0 { lines.append("  \(step.undoneText)") }
    }

    private mutating func compare(
        _ commands: [ExpectedCommand], _ steps: [CallOutcome.Step]
    ) throws(SimulationError) {
        // A handler may end a call with hangup or with {}, which says the same.
        let isEnd = steps.last?.command == .hangup(Hangup()) && commands.last?.name != Hangup.name
        let rows = try CommandAlignment(commands, isEnd ? steps.dropLast() : steps).rows
        for row in rows {
            switch (row.expected, row.step) {
            case (let expected?, let step?) where row.isSame:
                lines.append(
                    "\(step.start.clock)    \(step.shown)\(expected.name == nil ? "  (any command may come here)" : "")"
                )
            case (let expected?, let step?):
                count += 1
                let parts = try expected.mismatches(step)
                let name = step.command.name
                lines.append(
                    "\(step.start.clock)  - \(name) \(parts.map(\.expected).joined(separator: ", "))\(at(expected))")
                lines.append("\(Self.space)  + \(name) \(parts.map(\.came).joined(separator: ", "))")
            case (let expected?, nil):
                count += 1
                lines.append("\(Self.space)  - \(expected.shown)\(at(expected))")
            case (nil, let step?):
                count += 1
                lines.append("\(step.start.clock)  + \(step.shown)")
            case (nil, nil): break
            }
        }
    }

    private mutating func compareRefusal(_ outcome: CallOutcome, _ expectation: Expectation) {
        guard outcome.refusal?.kind != expectation.refusal else { return }
        count += 1
        let time = outcome.duration.clock
        if let kind = expectation.refusal { lines.append("\(time)  - refused: \(kind.rawValue)") }
        if let refusal = outcome.refusal {
            lines.append("\(time)  + refused: \(refusal.kind.rawValue): \(refusal.reason)")
            lines += refusal.lines.dropFirst().map { "\(Self.space)      \($0)" }
        } else {
            lines.append("\(time)  + the platform refused nothing")
        }
    }

    private mutating func differ(_ what: String, _ expected: String, _ came: String) {
        count += 1
        lines.append("at the end  - \(what): \(expected)")
        lines.append("            + \(what): \(came)")
    }

    private func at(_ expected: ExpectedCommand) -> String {
        guard let line = expected.line else { return "" }
        return file.map { "  (\($0):\(line))" } ?? "  (line \(line))"
    }

    private static let space = String(repeating: " ", count: 10)
}

extension Duration {
    /// Seconds with three decimals, in ten columns.
    fileprivate var clock: String {
        let milliseconds = Int(self / .milliseconds(1))
        let text = "\(milliseconds / 1000).\(String(1000 + milliseconds % 1000).dropFirst()) s"
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
}

extension CallerScript.Step {
    /// That it never came about, as reports show it: `this step was not reached: presses 5 (when asked)`.
    fileprivate var undoneText: String { "this step was not reached: \(shownAct.shown) (\(trigger.shown))" }

    /// Whether something is done: scenarios that were explored have steps that only wait for their turn.
    fileprivate var isAct: Bool { if case .sound(let audio) = action { !audio.samples.isEmpty } else { true } }
}

extension CallerScript.Trigger {
    fileprivate var shown: String {
        switch self {
        case .time(let time): "at \(time / .seconds(1)) s"
        case .asked: "when asked"
        case .prompted: "after prompt"
        case .heard: "when listening"
        case .joined: "when joined"
        case .answered: "when answered"
        case .began(let match): "when \(match.name)\(match.text.map { " plays \"\($0)\"" } ?? "")"
        case .ended(let match): "after \(match.name)\(match.text.map { " plays \"\($0)\"" } ?? "")"
        case .done: "after that"
        }
    }
}
