import QuickCommands
import Reports
import TalkDetection
import ThresholdTuning

/// Tells people what tuning found.
struct TuneReporter {
    private let result: TuningResult
    private let recommendation: Recommendation
    private let choice: ClassifierChoice
    private let isBrief: Bool

    /// The most recordings that are listed.
    private static let listed = 20

    init(_ result: TuningResult, _ recommendation: Recommendation, _ choice: ClassifierChoice, isBrief: Bool) {
        self.choice = choice
        self.result = result
        self.recommendation = recommendation
        self.isBrief = isBrief
    }

    var lines: [String] {
        let pasted = [recommendation.json]
        guard !isBrief else { return pasted }
        return head + pasted + ["", recommendation.call, ""] + confusion + heldOut + plateau + doubtful + wrong
    }

    private var head: [String] {
        let talk = result.confusion.found + result.confusion.missed
        return (result.doubt.map { ["\($0.prefix(1).uppercased())\($0.dropFirst())"] } ?? []) + [
            "min_ms \(recommendation.minimum), max_ms \(recommendation.maximum), silence_ms \(recommendation.silence), "
                + "analysistime_ms \(recommendation.analysisTime): found on \(result.judgements.count) recordings, \(talk) with talk",
            "  \(recommendation.words)",
        ] + result.unknowns.map { "  \($0)." } + choice.lines + [""]
    }

    private var confusion: [String] {
        let confusion = result.confusion
        let threshold =
            result.options.classifier == .adaptive
            ? "adaptive     " : "threshold \(result.options.nominalThreshold.rawValue)"
        let time = result.decisionTime.map { ", talk found after \($0.inSeconds) on average" } ?? ""
        return [
            "as they are, \(threshold)     TALK        0",
            row("with talk", confusion.found, confusion.missed), row("without", confusion.falseTalk, confusion.quiet),
            "  error \(percent(confusion.error)); with what the platform's page recommends \(percent(result.pageConfusion.error))",
            "  over \(result.conditions.count) line conditions and \(result.options.thresholds.count) thresholds: "
                + "error \(percent(result.robustConfusion.error))\(time)",
            "",
        ]
    }

    private var heldOut: [String] {
        guard let heldOut = result.heldOut else { return [result.doubt ?? "", ""] }
        let lines = [
            "held out (5 parts, twice): error \(percent(heldOut.error)), 95 % confidence \(percent(heldOut.interval)); "
                + "false talk \(percent(heldOut.falseTalk)), missed \(percent(heldOut.missed))",
            "  cost \(price(heldOut.cost)), \(price(heldOut.costInterval)); of the cheapest on the same parts "
                + "\(price(heldOut.cheapestCost)), \(price(heldOut.cheapestCostInterval))",
        ]
        return lines + (result.doubt.map { ["  \($0)"] } ?? []) + [""]
    }

    private var plateau: [String] {
        let ranges = Axis.allCases.map { axis -> String in
            let range = result.plateau.milliseconds(axis)
            return "\(axis.rawValue) \(range.lowerBound)...\(range.upperBound)"
        }
        return [
            "plateau: \(ranges.joined(separator: ", "))",
            "  each alone costs at most \(price(result.tolerance)) more than the cheapest of all, \(price(result.cheapestCost))",
            "searched: all \(Self.power(Candidate.combinationCount)) combinations that the API accepts; that stands for "
                + "\(Self.power(result.detectorRunCount)) runs of the detector",
            "",
        ]
    }

    private var doubtful: [String] {
        let doubtful = result.doubtfulLabels
        guard !doubtful.isEmpty else { return [] }
        let lines = doubtful.prefix(Self.listed).map { label in
            "  \(label.recording.levels.location): labelled \(label.recording.isTalk ? "talk" : "no talk"), \(label.reason)"
        }
        let more = doubtful.count > Self.listed ? ["  and \(doubtful.count - Self.listed) more"] : []
        return ["\(doubtful.count) doubtful labels, the most doubtful first:"] + lines + more + [""]
    }

    private var wrong: [String] {
        let wrong = result.judgements.filter { !$0.isRight }
        guard !wrong.isEmpty else { return ["all recordings are judged rightly"] }
        let lines = wrong.prefix(Self.listed).map { judgement in
            let instant = judgement.verdict.instant.map { " at \($0.inSeconds)" } ?? ""
            return
                "  \(judgement.recording.levels.location): \(judgement.verdict.result.rawValue)\(instant): \(judgement.reason)"
        }
        let more = wrong.count > Self.listed ? ["  and \(wrong.count - Self.listed) more; --csv lists them all"] : []
        return ["\(wrong.count) judged wrongly:"] + lines + more
    }

    private func row(_ label: String, _ talk: Int, _ none: Int) -> String {
        "  " + label + padded("\(talk)", 32 - label.count) + padded("\(none)", 9)
    }

    private func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

    private func percent(_ interval: Interval) -> String {
        "\((interval.low * 1000).rounded() / 10)...\(percent(interval.high))"
    }

    private func price(_ cost: Double) -> String { "\((cost * 10_000).rounded() / 10_000)" }

    private func price(_ interval: Interval) -> String { "\(price(interval.low))...\(price(interval.high))" }

    /// As in `6.8e22`.
    static func power(_ value: Double) -> String {
        var (digits, exponent) = (value, 0)
        while digits >= 10 { (digits, exponent) = (digits / 10, exponent + 1) }
        return "\((digits * 100).rounded() / 100)e\(exponent)"
    }
}
