/// How many calls are placed, and how fast.
public struct LoadPlan: Sendable, Hashable {
    /// How many in all.
    public var calls: Int
    /// The most calls in progress at a time.
    public var concurrency: Int
    /// How many begin in a second, on average as a clock has it, whether those before have ended or not; nil begins the
    /// next as soon as one ends.
    public var rate: Double?

    /// A plan.
    ///
    /// - Precondition: all are over 0.
    public init(calls: Int, concurrency: Int, rate: Double? = nil) {
        precondition(calls > 0 && concurrency > 0 && rate.map { $0 > 0 } ?? true, "a load is over 0")
        self.calls = calls
        self.concurrency = concurrency
        self.rate = rate
    }

    /// When a call should begin, counted from the first one; nil if as soon as it can.
    func start(of call: Int) -> Duration? { rate.map { .seconds(Double(call) / $0) } }
}
