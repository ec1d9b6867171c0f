/// How many recordings of each label are answered how.
public struct Confusion: Sendable, Hashable {
    /// Talk, and TALK.
    public var found = 0
    /// Talk, and 0.
    public var missed = 0
    /// No talk, and TALK.
    public var falseTalk = 0
    /// No talk, and 0.
    public var quiet = 0

    /// Of no recordings.
    package init() {}

    /// All of them.
    public var count: Int { found + missed + falseTalk + quiet }
    /// The share that is answered wrongly; 0 of none.
    public var error: Double { count > 0 ? Double(missed + falseTalk) / Double(count) : 0 }
    /// Of the recordings with talk, the share that is missed; 0 of none.
    public var missedShare: Double { found + missed > 0 ? Double(missed) / Double(found + missed) : 0 }
    /// Of the recordings without talk, the share that TALK is answered to; 0 of none.
    public var falseTalkShare: Double { falseTalk + quiet > 0 ? Double(falseTalk) / Double(falseTalk + quiet) : 0 }

    /// Counts a recording.
    package mutating func add(isTalk: Bool, answer: Bool, weight: Int = 1) {
        switch (isTalk, answer) {
        case (true, true): found += weight
        case (true, false): missed += weight
        case (false, true): falseTalk += weight
        case (false, false): quiet += weight
        }
    }
}
