import TelephonyAudio

/// Where a figure lies with a confidence of 95 %.
public struct Interval: Sendable, Hashable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// Whether a figure lies within.
    public func contains(_ figure: Double) -> Bool { figure >= low && figure <= high }

    /// Wilson's score interval of a share (1927): honest for shares near 0 and for few recordings.
    ///
    /// - Parameters:
    ///   - share: 0...1.
    ///   - count: of independent observations, 1 or more.
    public init(wilson share: Double, count: Int) {
        let z = 1.959963984540054
        let n = Double(count)
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        self.init(low: share == 0 ? 0 : max(0, middle - half), high: share == 1 ? 1 : min(1, middle + half))
    }

    /// The bootstrap percentile interval of a mean (Efron, 1979), drawn with a seed, group by group.
    ///
    /// - Parameters:
    ///   - groups: the sums of what belongs together, and how many they are; at least one.
    ///   - seed: of what is drawn.
    init(bootstrap groups: [(sum: Double, count: Int)], seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var means: [Double] = []
        for _ in 0..<Self.resamples {
            var (sum, count) = (0.0, 0)
            for _ in groups {
                let drawn = groups[Int(random.next(upperBound: UInt64(groups.count)))]
                sum += drawn.sum
                count += drawn.count
            }
            means.append(sum / Double(count))
        }
        means.sort()
        self.init(low: means[Self.resamples / 40], high: means[Self.resamples - 1 - Self.resamples / 40])
    }

    private static let resamples = 1000
}
