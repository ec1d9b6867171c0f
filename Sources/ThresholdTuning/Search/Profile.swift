extension RunTable {
    /// The cost along an axis through a candidate, at places from 0 to the end of the axis; not for ``Axis/silence``.
    func profile(
        _ axis: Axis, through candidate: Candidate, selection: Selection, costing: Costing
    ) -> [Int64] {
        precondition(axis != .silence, "silence_ms changes the talkspurts themselves")
        let count = axis.range.upperBound + 1
        // What changes from one place to the next; those past the end count nothing.
        var steps = [Int64](repeating: 0, count: count + 1)
        steps[0] = costOfNoTalk(selection: selection, costing: costing)
        for clip in clips where selection.isIncluded[Int(clip.recording)] {
            let isTalk = selection.isTalk[Int(clip.recording)]
            var edge = axis == .maximum ? count : 0
            forEachTalkspurt(of: clip, silence: candidate.silence) { length, end in
                let decision = end + candidate.silence + 1
                guard decision <= Candidate.analysisTimes.upperBound else { return false }
                let change = costing.change(isTalk: isTalk, decision: decision) * Int64(clip.weight)
                switch axis {
                case .minimum:
                    guard decision <= candidate.analysisTime else { return false }
                    guard length <= candidate.maximum, length > edge else { return true }
                    steps[edge] += change
                    steps[min(count, length)] -= change
                    edge = length
                case .maximum:
                    guard decision <= candidate.analysisTime else { return false }
                    guard length > candidate.minimum, length < edge else { return true }
                    steps[length] += change
                    steps[edge] -= change
                    edge = length
                default:
                    guard length > candidate.minimum, length <= candidate.maximum else { return true }
                    steps[decision] += change
                    return false
                }
                return true
            }
        }
        var cost: Int64 = 0
        return steps[..<count].map { step in
            cost += step
            return cost
        }
    }

    /// The places along an axis around a candidate, without a gap, at which the cost is not over a limit.
    ///
    /// - Precondition: the candidate's is not.
    func plateau(
        _ axis: Axis, around candidate: Candidate, limit: Int64, selection: Selection, costing: Costing
    ) -> ClosedRange<Int> {
        let place = candidate[axis]
        var isWithin: (Int) -> Bool
        if axis == .silence {
            isWithin = { cost(candidate.with(.silence, $0), selection: selection, costing: costing) <= limit }
        } else {
            let costs = profile(axis, through: candidate, selection: selection, costing: costing)
            isWithin = { costs[$0] <= limit }
        }
        var (low, high) = (place, place)
        let least = axis == .silence ? leastSilence : axis.range.lowerBound
        while low > least, isWithin(low - 1) { low -= 1 }
        while high < axis.range.upperBound, isWithin(high + 1) { high += 1 }
        return low...high
    }
}
