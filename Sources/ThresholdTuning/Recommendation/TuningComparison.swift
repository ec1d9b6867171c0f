import TelephonyAudio

/// Two ways of telling talk from silence, tuned on the same recordings and compared on those that parameters were not chosen on.
public struct TuningComparison: Sendable {
    /// What can be said of the two.
    public enum Outcome: Sendable, Hashable {
        /// The first costs less.
        case first
        /// The second costs less.
        case second
        /// The difference may as well be none.
        case undecided
    }

    /// By how much a recording costs more the first way than the second, held out.
    public let difference: Double
    /// Where that lies: the bootstrap percentile interval, by groups that belong together, each judged both ways.
    public let interval: Interval

    /// A comparison; nil if either has no held-out figures, or they are of other recordings.
    ///
    /// - Parameters:
    ///   - first: tuned the first way.
    ///   - second: tuned the second way, on the same recordings by the same seed.
    public init?(_ first: TuningResult, _ second: TuningResult) {
        guard let one = first.heldOut?.groups, let other = second.heldOut?.groups, one.count == other.count,
            zip(one, other).allSatisfy({ $0.count == $1.count }), first.options.seed == second.options.seed
        else { return nil }
        let differences = zip(one, other).map { (sum: $0.cost - $1.cost, count: $0.count) }
        let count = differences.reduce(0) { $0 + $1.count }
        difference = differences.reduce(0) { $0 + $1.sum } / Double(max(1, count))
        interval = Interval(bootstrap: differences, seed: first.options.seed)
    }

    /// Which is better, if one is: where all of the interval lies on one side.
    public var outcome: Outcome { interval.high < 0 ? .first : interval.low > 0 ? .second : .undecided }
}
