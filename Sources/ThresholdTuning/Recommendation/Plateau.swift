/// The candidates around the cheapest one that cost hardly more, and the one in their middle.
public struct Plateau: Sendable, Hashable {
    /// The one in the middle: it is recommended.
    public let middle: Candidate
    /// How far each parameter can go, in places along its axis, the others as in the middle.
    public let ranges: [Axis: ClosedRange<Int>]
    /// The cost that none of them exceeds, of all recordings together.
    let limit: Int64
    /// By how much the cheapest may be exceeded.
    let tolerance: Int64

    /// How far a parameter can go, in milliseconds, the others as in the middle.
    public func milliseconds(_ axis: Axis) -> ClosedRange<Int> {
        let range = ranges[axis]!
        return middle.with(axis, range.lowerBound).milliseconds(
            axis)...middle.with(axis, range.upperBound).milliseconds(axis)
    }
}

extension RunTable {
    /// Goes from the cheapest candidate to the middle of its plateau.
    ///
    /// Along each axis in turn it moves to the middle of the places that do not cost more than the limit, so that there is as
    /// much room either way, until nothing moves. At every step it stays on the plateau. What lies past the end of the
    /// longest recording is not counted as room, since nothing is known of it.
    func plateau(around cheapest: Priced, tolerance: Int64, selection: Selection, costing: Costing) -> Plateau {
        let limit = cheapest.cost + tolerance
        let last = lastFrame
        var middle = cheapest.candidate
        // What moves without end, if anything does, moves by a frame or so.
        for _ in 0..<16 {
            let before = middle
            for axis in Axis.allCases {
                let range = plateau(axis, around: middle, limit: limit, selection: selection, costing: costing)
                let known = range.lowerBound...max(range.lowerBound, min(range.upperBound, last))
                middle = middle.with(axis, (known.lowerBound + known.upperBound) / 2)
            }
            if middle == before { break }
        }
        var ranges: [Axis: ClosedRange<Int>] = [:]
        for axis in Axis.allCases {
            ranges[axis] = plateau(axis, around: middle, limit: limit, selection: selection, costing: costing)
        }
        return Plateau(middle: middle, ranges: ranges, limit: limit, tolerance: tolerance)
    }

    /// The end of the longest recording, as far as analysis can go.
    var lastFrame: Int { min(2999, clips.reduce(1) { max($0, Int($1.frameCount)) }) }

    /// By how much a candidate may be dearer than the cheapest and be no worse for all one can tell: half the standard error
    /// of the cheapest one's cost, but at least a five-hundredth of the price of the dearer error.
    ///
    /// The standard error is that of a sum over groups of recordings that belong together.
    func tolerance(
        of candidate: Candidate, groups: [Int], selection: Selection, costing: Costing
    ) -> Int64 {
        let costs = costsOfRecordings(candidate, selection: selection, costing: costing)
        let included = selection.isIncluded.indices.filter { selection.isIncluded[$0] }
        let weight = clips.isEmpty ? 1 : weightOfRecording
        let least = Int64(included.count) * weight * max(costing.missed, costing.falseTalk) / 500
        let mean = Double(included.reduce(0) { $0 + costs[$1] }) / Double(max(1, included.count))
        var sums: [Int: Double] = [:]
        for index in included { sums[groups[index], default: 0] += Double(costs[index]) - mean }
        let variance = sums.keys.sorted().reduce(0.0) { $0 + sums[$1]! * sums[$1]! }
        return max(least, Int64(variance.squareRoot() / 2))
    }

    /// How many conditions and thresholds each recording is heard under.
    var weightOfRecording: Int64 {
        firstClips.count < 2 ? 1 : clips[firstClips[0]..<firstClips[1]].reduce(0) { $0 + Int64($1.weight) }
    }

    /// The cost of a candidate on each recording, 0 on those that are not included.
    func costsOfRecordings(_ candidate: Candidate, selection: Selection, costing: Costing) -> [Int64] {
        (0..<(firstClips.count - 1)).map { recording in
            guard selection.isIncluded[recording] else { return 0 }
            let isTalk = selection.isTalk[recording]
            return clips[firstClips[recording]..<firstClips[recording + 1]].reduce(0) { sum, clip in
                let decision = decision(clip, candidate)
                let change = decision > 0 ? costing.change(isTalk: isTalk, decision: decision) : 0
                return sum + ((isTalk ? costing.missed : 0) + change) * Int64(clip.weight)
            }
        }
    }
}
