import RealTimeAPI

/// The commands that were expected beside those that came, so that one that is missing does not make all others wrong.
struct CommandAlignment {
    /// A row: one that was expected, one that came, or both of the same name.
    struct Row {
        var expected: ExpectedCommand?
        var step: CallOutcome.Step?
        /// Whether what came is what was expected.
        var isSame = false
    }

    let rows: [Row]

    /// Aligns with the fewest differences: a command that came with other values is one, one that is missing or too much is
    /// one and a half, so that the two are told together.
    ///
    /// - Complexity: O(*n* · *m*).
    /// - Throws: what ``TextPattern/matches(_:)`` throws.
    init(_ expected: [ExpectedCommand], _ steps: [CallOutcome.Step]) throws(SimulationError) {
        let width = steps.count + 1
        var isSame = [Bool](repeating: false, count: (expected.count + 1) * width)
        for (i, command) in expected.enumerated() {
            for (j, step) in steps.enumerated() where command.name == step.command.name {
                isSame[i * width + j] = try command.mismatches(step).isEmpty
            }
        }
        var cost = [Int](repeating: 0, count: (expected.count + 1) * width)
        for i in stride(from: expected.count, through: 0, by: -1) {
            for j in stride(from: steps.count, through: 0, by: -1) {
                cost[i * width + j] =
                    Self.cost(i, j, expected, steps, isSame: isSame[i * width + j]) { cost[$0 * width + $1] }.cost
            }
        }
        var rows: [Row] = []
        var (i, j) = (0, 0)
        while i < expected.count || j < steps.count {
            let isBoth = isSame[i * width + j]
            let move = Self.cost(i, j, expected, steps, isSame: isBoth) { cost[$0 * width + $1] }.move
            let isAny = i < expected.count && expected[i].name == nil
            switch move {
            case .both: rows.append(Row(expected: expected[i], step: steps[j], isSame: isBoth))
            case .expected: if !isAny { rows.append(Row(expected: expected[i])) }
            case .step: rows.append(Row(expected: isAny ? .any : nil, step: steps[j], isSame: isAny))
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
        _ i: Int, _ j: Int, _ expected: [ExpectedCommand], _ steps: [CallOutcome.Step], isSame: Bool,
        _ rest: (Int, Int) -> Int
    ) -> (cost: Int, move: Move) {
        let isAny = i < expected.count && expected[i].name == nil
        var best = (cost: Int.max, move: Move.both)
        if i == expected.count, j == steps.count { return (0, .both) }
        if i < expected.count, j < steps.count, !isAny, expected[i].name == steps[j].command.name {
            best = (rest(i + 1, j + 1) + (isSame ? 0 : 2), .both)
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
    ///
    /// - Throws: what ``TextPattern/matches(_:)`` throws.
    func mismatches(_ step: CallOutcome.Step) throws(SimulationError) -> [(expected: String, came: String)] {
        guard let name else { return [] }
        guard name == step.command.name else { return [(name, step.command.name)] }
        var mismatches: [(expected: String, came: String)] = []
        if let text, try !text.matches(step.command.played ?? "") {
            mismatches.append(("plays \"\(text)\"", "plays \"\(step.command.played ?? "")\""))
        }
        for member in parameters where try !member.value.matches(step.command.parameter(member.name)) {
            let came = step.command.parameter(member.name)?.resolved.written ?? "(none)"
            mismatches.append(("\(member.name) \(member.value)", "\(member.name) \(came)"))
        }
        if let result, try !result.matches(step.shownResult) {
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
