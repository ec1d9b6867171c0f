/// A recording whose label may be wrong, and why that is thought.
public struct DoubtfulLabel: Sendable {
    /// Why a label is doubted.
    public enum Reason: Sendable, Hashable, CustomStringConvertible {
        /// The same content has the other label under another name.
        case contradicted(by: String)
        /// Under such a share of conditions and thresholds, 0...1, the answer is not what the label says.
        case answeredOtherwise(share: Double)

        /// A clause, as in `answered otherwise under 98 % of conditions and thresholds`.
        public var description: String {
            switch self {
            case .contradicted(let name): "is byte for byte \(name), which is labelled the other way"
            case .answeredOtherwise(let share):
                "is answered otherwise under \(Int((share * 100).rounded(.down))) % of conditions and thresholds"
            }
        }
    }

    /// The recording.
    public let recording: LabelledRecording
    /// Why its label is doubted.
    public let reason: Reason

    /// From this share of conditions and thresholds on a label is doubted.
    static let doubtfulShare = 0.9

    /// How much it is doubted, to put the most doubtful first.
    var weight: Double {
        switch reason {
        case .contradicted: 2
        case .answeredOtherwise(let share): share
        }
    }
}

extension [LabelledRecording] {
    /// For each recording the name of one with the same content and the other label; nil if there is none.
    var contradictions: [String?] {
        let places = Dictionary(grouping: indices) { self[$0].levels.digest }
        return indices.map { index in
            let (levels, isTalk) = (self[index].levels, self[index].isTalk)
            // Of one file there may be several channels.
            return places[levels.digest]!.first { other in
                self[other].isTalk != isTalk && self[other].levels.hasSameSound(as: levels)
            }.map { self[$0].levels.location }
        }
    }
}
