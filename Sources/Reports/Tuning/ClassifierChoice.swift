package import ThresholdTuning

/// Which way of telling talk from silence is recommended, where two were compared.
package struct ClassifierChoice {
    /// What is recommended.
    package let result: TuningResult
    private let ways: [TuningResult]
    /// Of the adaptive classifier with the thresholds.
    private let comparison: TuningComparison?

    /// - Parameter ways: what was tuned: one, or first the adaptive classifier and then thresholds.
    package init(_ ways: [TuningResult]) {
        self.ways = ways
        comparison = ways.count > 1 ? TuningComparison(ways[0], ways[1]) : nil
        // Where it does not matter it is the thresholds, since that is what the platform has.
        result = comparison?.outcome == .first ? ways[0] : ways[ways.count - 1]
    }

    /// What was compared, and what follows from it; nothing if nothing was.
    package var lines: [String] {
        guard ways.count > 1 else { return [] }
        let figures = ways.compactMap { way in
            way.heldOut.map {
                "  \(way.options.classifier.name): held out error \(percent($0.error)), cost \(price($0.cost))"
            }
        }
        return ["Compared, each with its own best parameters:"] + figures + ["  \(verdict)"]
    }

    /// A sentence.
    var verdict: String {
        guard let comparison else { return "There are too few recordings to compare them." }
        let (low, high) = (comparison.interval.low, comparison.interval.high)
        switch comparison.outcome {
        case .first:
            return
                "adaptive costs \(price(-comparison.difference)) less a recording (95 % \(price(-high))...\(price(-low))), and is "
                + "recommended where you detect yourself; the platform has a fixed threshold."
        case .second:
            return
                "adaptive costs \(price(comparison.difference)) more a recording (95 % \(price(low))...\(price(high))): "
                + "recommended is \(ways[1].options.classifier.name)."
        case .undecided:
            return
                "It does not matter: adaptive costs between \(price(max(0, -low))) less and \(price(max(0, high))) more a recording "
                + "(95 %). Recommended is \(ways[1].options.classifier.name), as the platform has it."
        }
    }

    /// In JSON; nil if nothing was compared.
    var record: Record? { ways.count > 1 ? Record(self) : nil }

    struct Record: Encodable {
        struct Way: Encodable {
            let classifier: String
            let heldOutError: Double?
            let heldOutCost: Double?
        }

        let ways: [Way]
        let difference: Double?
        let interval: [Double]?
        let recommended: String
        let matters: Bool
        let verdict: String

        init(_ choice: ClassifierChoice) {
            ways = choice.ways.map {
                Way(
                    classifier: $0.options.classifier.name, heldOutError: $0.heldOut?.error,
                    heldOutCost: $0.heldOut?.cost)
            }
            difference = choice.comparison?.difference
            interval = choice.comparison.map { [$0.interval.low, $0.interval.high] }
            recommended = choice.result.options.classifier.name
            matters = choice.comparison.map { $0.outcome != .undecided } ?? false
            verdict = choice.verdict
        }
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

    private func price(_ cost: Double) -> String { "\((cost * 10_000).rounded() / 10_000)" }
}
