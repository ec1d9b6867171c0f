import TelephonyAudio

/// How parameters do on recordings that they were not chosen on.
///
/// The recordings are cut into five parts, twice, by a seed; what belongs together (a speaker, or the same content) stays
/// together. Each part is held out once: parameters are found on the other four, just as the recommendation is on
/// all, and judged on it. So every recording is judged twice, and counts with the mean of both.
public struct HeldOut: Sendable, Hashable {
    /// At the threshold that the platform is taken to have, on the recordings as they are: the share that is judged wrongly.
    public let error: Double
    /// Of the recordings without talk, the share that TALK is answered to; 0 if there are none.
    public let falseTalk: Double
    /// Of the recordings with talk, the share that 0 is answered to; 0 if there are none.
    public let missed: Double
    /// How many recordings were judged.
    public let recordingCount: Int
    /// How many of them are independent: speakers, or recordings.
    public let groupCount: Int
    /// Where the error lies: Wilson's score interval, for as many observations as there are groups.
    public let interval: Interval
    /// The mean cost of a recording, over all conditions and thresholds, as ``Prices`` has it.
    public let cost: Double
    /// Where the cost lies: the bootstrap percentile interval, by groups.
    public let costInterval: Interval
    /// The mean cost of the cheapest parameters of each of the same parts, which exhaustive search finds.
    public let cheapestCost: Double
    /// Where that lies.
    public let cheapestCostInterval: Interval
    /// What the recordings that belong together cost, and how many they are.
    struct Group: Sendable, Hashable {
        let cost: Double
        let count: Int
    }

    /// All that are independent.
    let groups: [Group]
    /// What was recommended by each of the parts.
    public let recommendations: [Candidate]
}

/// Which recordings belong together, and which part they are in.
struct Folds: Sendable {
    /// For each repetition, for each recording, its part.
    let parts: [[Int]]
    /// For each recording its group.
    let groups: [Int]
    let groupCount: Int
    static let partCount = 5
    static let repetitions = 2

    /// - Parameters:
    ///   - keys: for each recording what it belongs together by.
    ///   - isTalk: labels, which are spread evenly.
    init(keys: [String], isTalk: [Bool], seed: UInt64) {
        var numbers: [String: Int] = [:]
        for key in keys.sorted() where numbers[key] == nil { numbers[key] = numbers.count }
        let groups = keys.map { numbers[$0]! }
        var kinds = [Int](repeating: 0, count: numbers.count)
        for (group, isTalk) in zip(groups, isTalk) { kinds[group] |= isTalk ? 2 : 1 }
        let names = numbers.sorted { $0.value < $1.value }.map(\.key)
        parts = (0..<Self.repetitions).map { repetition in
            let order = (0..<names.count).map { group in
                var random = SplitMix64(seed: seed &+ UInt64(repetition) ^ FNV1a.hash64(names[group]))
                return (kinds[group], random.next(), group)
            }.sorted { $0 < $1 }
            var part = [Int](repeating: 0, count: names.count)
            for (place, item) in order.enumerated() { part[item.2] = place % Self.partCount }
            return groups.map { part[$0] }
        }
        self.groups = groups
        groupCount = names.count
    }
}
