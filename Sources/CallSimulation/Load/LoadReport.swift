import Histogram

/// What became of many calls.
///
/// Takes the same memory for ten calls as for a million.
public struct LoadReport: Sendable {
    /// Why the run stopped: nothing listened when the first calls were placed.
    public internal(set) var refusal: Refusal?
    /// Calls that are over.
    public private(set) var calls = 0
    /// Those of them in which the platform refused something.
    public private(set) var failedCalls = 0
    /// How many calls failed for each kind of reason, and the first reason of the kind.
    public private(set) var failures: [Refusal.Kind: (count: Int, example: Refusal)] = [:]
    /// What was unusual, and in how many calls; a hundred different texts at most.
    public private(set) var warnings: [String: Int] = [:]
    /// Requests that were answered.
    public private(set) var requests = 0
    /// How long all calls were, on their virtual clocks.
    public private(set) var virtualTime = Duration.zero
    /// How long it took so far.
    public internal(set) var time = Duration.zero
    /// From the sending of a request to the end of its answer.
    public private(set) var serviceTimes = Percentiles()
    /// From when a request was due to the end of its answer.
    ///
    /// A call's first request is due when the call should have begun: this is what callers wait who come by the clock,
    /// whatever keeps the generator from sending in time. Without a rate it is the same as ``serviceTimes``.
    public private(set) var answerTimes = Percentiles()

    /// That of no calls.
    public init() {}

    /// Takes a call.
    ///
    /// - Parameter intended: when it should have begun; nil if it began as it could.
    mutating func add(_ outcome: CallOutcome, intended: ContinuousClock.Instant?) {
        calls += 1
        virtualTime += outcome.duration
        requests += outcome.answerTimes.count
        var wait = Duration.zero
        if let intended, let start = outcome.start { wait = max(.zero, start - intended) }
        for time in outcome.answerTimes {
            serviceTimes.add(time)
            answerTimes.add(time + wait)
            wait = .zero
        }
        for warning in Set(outcome.warnings) where warnings[warning] != nil || warnings.count < 100 {
            warnings[warning, default: 0] += 1
        }
        guard let refusal = outcome.refusal else { return }
        failedCalls += 1
        failures[refusal.kind, default: (0, refusal)].count += 1
    }
}

/// How long something took, many times: a histogram of three significant digits from a microsecond to an hour
/// (HdrHistogram).
public struct Percentiles: Sendable {
    private var histogram = Histogram<UInt64>(
        highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: .three)

    mutating func add(_ time: Duration) {
        let microseconds = time / .microseconds(1)
        histogram.record(UInt64(min(max(microseconds.rounded(), 1), 3_600_000_000)))
    }

    /// What this part, 0...1, did not exceed; zero if there is nothing.
    public func value(at part: Double) -> Duration {
        histogram.totalCount == 0 ? .zero : .microseconds(Int64(histogram.valueAtPercentile(100 * part)))
    }

    /// How many there are.
    public var count: Int { Int(histogram.totalCount) }
}
