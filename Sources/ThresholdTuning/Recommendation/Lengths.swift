/// How long talkspurts and pauses are in recordings with talk and in those without, as they are and at the threshold that the
/// platform is taken to have: how many there are in each bin of lengths.
public struct Lengths: Sendable, Hashable {
    /// For each bin its upper end in frames, inclusive; a quarter over the one before.
    public let bins: [Int]
    /// Talkspurts in recordings with talk, as the recommended `silence_ms` divides them.
    public let talkspurtsWithTalk: [Int]
    /// Those in recordings without talk.
    public let talkspurtsWithout: [Int]
    /// Pauses in recordings with talk, without those at the beginning and at the end.
    public let pausesWithTalk: [Int]
    /// Those in recordings without talk.
    public let pausesWithout: [Int]
}

extension RunTable {
    /// The histograms of a table of one view.
    func lengths(silence: Int, isTalk: [Bool]) -> Lengths {
        var bins: [Int] = []
        while bins.last ?? 0 < RecordingLevels.maximumFrameCount {
            bins.append(max((bins.last ?? 0) + 1, (bins.last ?? 0) * 5 / 4))
        }
        func bin(_ length: Int) -> Int { bins.firstIndex { length <= $0 } ?? bins.count - 1 }
        var talkspurts = [[Int]](repeating: [Int](repeating: 0, count: bins.count), count: 2)
        var pauses = talkspurts
        for clip in clips {
            let label = isTalk[Int(clip.recording)] ? 1 : 0
            forEachTalkspurt(of: clip, silence: silence) { length, _ in
                talkspurts[label][bin(length)] += 1
                return true
            }
            for index in 1..<max(1, Int(clip.runCount)) {
                let (before, after) = (runs[Int(clip.firstRun) + index - 1], runs[Int(clip.firstRun) + index])
                pauses[label][bin(Int(after.start) - Int(before.end))] += 1
            }
        }
        return Lengths(
            bins: bins, talkspurtsWithTalk: talkspurts[1], talkspurtsWithout: talkspurts[0], pausesWithTalk: pauses[1],
            pausesWithout: pauses[0])
    }
}
