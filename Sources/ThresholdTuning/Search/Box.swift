/// Where in the space of `minimum`, `maximum` and `analysisTime` one talkspurt of a clip is the one that decides.
///
/// For one `silence`, a clip's talkspurts are fixed. A talkspurt of v frames whose talk ends in frame e is the first to
/// qualify if `minimum` < v <= `maximum`, if `analysisTime` > e + silence, and if no earlier talkspurt's length lies
/// within. Of the earlier lengths only the next below v and the next above it matter, so that it is a box: `low` <=
/// minimum < v <= maximum < `high`. The boxes of a clip do not overlap, and outside of them the answer is 0.
struct Box: Sendable {
    /// ``low``, ``length``, ``end``, -``length`` and -``high``: what a cell's ``Cell/Limits`` are held against.
    let bounds: SIMD8<Int16>
    /// The clip's place in the table.
    let clip: Int32
    /// What the talkspurt's deciding adds to the cost: negative where there is talk.
    let weight: Int64

    static let unlimited = 4000

    init(low: Int, length: Int, high: Int, end: Int, clip: Int, weight: Int64) {
        bounds = [Int16(low), Int16(length), Int16(end), -Int16(length), -Int16(high), 0, 0, 0]
        self.clip = Int32(truncatingIfNeeded: clip)
        self.weight = weight
    }

    var low: Int { Int(bounds[0]) }
    var length: Int { Int(bounds[1]) }
    var high: Int { -Int(bounds[4]) }
    /// The end of the talkspurt's talk: ``end`` <= analysisTime - silence - 1.
    var end: Int { Int(bounds[2]) }
}

/// What each recording adds to a cost: whether it holds talk, and whether it counts.
struct Selection: Sendable {
    /// For each recording of the table.
    let isTalk: [Bool]
    let isIncluded: [Bool]

    init(isTalk: [Bool], isIncluded: [Bool]? = nil) {
        self.isTalk = isTalk
        self.isIncluded = isIncluded ?? [Bool](repeating: true, count: isTalk.count)
    }
}

/// Prices in integers, and what they come to for a talkspurt.
struct Costing: Sendable {
    let falseTalk: Int64
    let missed: Int64
    let frame: Int64

    init(_ prices: Prices) {
        falseTalk = prices.falseTalkUnits
        missed = prices.missedUnits
        frame = prices.frameUnits
    }

    /// What a decision for talk in a frame adds to that of a decision for none.
    @inline(__always)
    func change(isTalk: Bool, decision: Int) -> Int64 {
        isTalk ? Int64(decision) * frame - missed : falseTalk
    }
}

extension RunTable {
    /// Adds the boxes of all clips of the recordings that are included, for one ``Axis/silence``, clip after clip.
    func addBoxes(to boxes: inout [Box], silence: Int, selection: Selection, costing: Costing) {
        boxes.reserveCapacity(clips.count * 2)
        // The lengths of the talkspurts so far, sorted.
        var lengths: [Int] = []
        for (index, clip) in clips.enumerated() where selection.isIncluded[Int(clip.recording)] {
            lengths.removeAll(keepingCapacity: true)
            let isTalk = selection.isTalk[Int(clip.recording)]
            forEachTalkspurt(of: clip, silence: silence) { length, end in
                guard end + silence + 1 <= Candidate.analysisTimes.upperBound else { return false }
                var place = lengths.count
                while place > 0, lengths[place - 1] > length { place -= 1 }
                guard place == 0 || lengths[place - 1] < length else { return true }
                boxes.append(
                    Box(
                        low: place == 0 ? 0 : lengths[place - 1], length: length,
                        high: place == lengths.count ? Box.unlimited : lengths[place], end: end, clip: index,
                        weight: costing.change(isTalk: isTalk, decision: end + silence + 1) * Int64(clip.weight)))
                lengths.insert(length, at: place)
                return true
            }
        }
    }

    /// The cost of answering 0 to every recording.
    func costOfNoTalk(selection: Selection, costing: Costing) -> Int64 {
        clips.reduce(0) { sum, clip in
            let recording = Int(clip.recording)
            return sum
                + (selection.isTalk[recording] && selection.isIncluded[recording]
                    ? costing.missed * Int64(clip.weight) : 0)
        }
    }

    /// The cost of a candidate.
    func cost(_ candidate: Candidate, selection: Selection, costing: Costing) -> Int64 {
        var cost = costOfNoTalk(selection: selection, costing: costing)
        for clip in clips where selection.isIncluded[Int(clip.recording)] {
            let decision = decision(clip, candidate)
            guard decision > 0 else { continue }
            cost +=
                costing.change(isTalk: selection.isTalk[Int(clip.recording)], decision: decision) * Int64(clip.weight)
        }
        return cost
    }
}
