import RealTimeAPI

/// The commands that were expected beside those that came, so that one that is missing does not make all others wrong.
struct CommandAlignment {
    /// A row: one that was expected, one that came, or both of the same name.
    struct Row {
        var expected: ExpectedCommand?
        var step: CallOutcome.Step?

        /// Whether what came is what was expected.
        var isSame: Bool { step.map { expected?.mismatches($0).isEmpty ?? false } ?? false }
    }

    let rows: [Row]

    /// Aligns with the fewest differences: a command that came with other values is one, one that is missing or too much is
    /// one and a half, so that the two are told together.
    ///
    /// - Complexity: O(*n* · *m*).
    init(_ expected: [ExpectedCommand], _ steps: [CallOutcome.Step]) {
        let width = steps.count + 1
        var cost = [Int](repeating: 0, count: (expected.count + 1) * width)
        for i in stride(from: expected.count, through: 0, by: -1) {
            for j in stride(from: steps.count, through: 0, by: -1) {
                cost[i * width + j] = Self.cost(i, j, expected, steps) { cost[$0 * width + $1] }.cost
            }
        }
        var rows: [Row] = []
        var (i, j) = (0, 0)
        while i < expected.count || j < steps.count {
            let move = Self.cost(i, j, expected, steps) { cost[$0 * width + $1] }.move
            let isAny = i < expected.count && expected[i].name == nil
            switch move {
            case .both: rows.append(Row(expected: expected[i], step: steps[j]))
            case .expected: if !isAny { rows.append(Row(expected: expected[i])) }
            case .step: rows.append(Row(expected: isAny ? .any : nil, step: steps[j]))
            }
            if move != .step { i += 1 }
            if move != .expected { j += 1 }
        }
        self.rows = rows
    }

    private enum Move {
        case both, expected, step
    }

    private static func cost(
        _ i: Int, _ j: Int, _ expected: [ExpectedCommand], _ steps: [CallOutcome.Step], _ rest: (Int, Int) -> Int
    ) -> (cost: Int, move: Move) {
        let isAny = i < expected.count && expected[i].name == nil
        var best = (cost: Int.max, move: Move.both)
        if i == expected.count, j == steps.count { return (0, .both) }
        if i < expected.count, j < steps.count, !isAny, expected[i].name == steps[j].command.name {
            best = (rest(i + 1, j + 1) + (expected[i].mismatches(steps[j]).isEmpty ? 0 : 2), .both)
        }
        if i < expected.count {
            let other = rest(i + 1, j) + (isAny ? 0 : 3)
            if other < best.cost { best = (other, .expected) }
        }
        if j < steps.count {
            let other = rest(i, j + 1) + (isAny ? 0 : 3)
            if other < best.cost { best = (other, .step) }
        }
        return best
    }
}

extension ExpectedCommand {
    /// What of a command is not as expected; each as it was expected, and as it came.
    func mismatches(_ step: CallOutcome.Step) -> [(expected: String, came: String)] {
        guard let name else { return [] }
        guard name == step.command.name else { return [(name, step.command.name)] }
        var mismatches: [(expected: String, came: String)] = []
        if let text, !text.matches(step.command.played ?? "") {
            mismatches.append(("plays \"\(text)\"", "plays \"\(step.command.played ?? "")\""))
        }
        for member in parameters where !member.value.matches(step.command.parameter(member.name)) {
            let came = step.command.parameter(member.name)?.resolved.written ?? "(none)"
            mismatches.append(("\(member.name) \(member.value)", "\(member.name) \(came)"))
        }
        if let result, !result.matches(step.shownResult) {
            mismatches.append(("result \(result)", "result \(step.shownResult)"))
        }
        return mismatches
    }

    /// As reports show it: `read plays "How old" -> 17`.
    var shown: String {
        guard let name else { return "..." }
        let members = parameters.map { " \($0.name) \($0.value)" }.joined()
        return name + (text.map { " plays \"\($0)\"" } ?? "") + members + (result.map { " -> \($0)" } ?? "")
    }
}

extension CallOutcome.Step {
    /// The result; `HANGUP` if the call ended in the command.
    var shownResult: String { result ?? CallStatus.hangup.name }

    /// As reports show it: `read plays "How old" -> 17`.
    public var shown: String {
        let text = command.played.map { " plays \"\($0)\"" } ?? ""
        return command.name + text + " -> " + shownResult
    }
}
