/// How long talkspurts and pauses are, of recordings with talk and without, as they are and at the threshold that the platform is
/// taken to have.
public struct Lengths: Sendable, Hashable {
    /// For each bin its upper end in frames, inclusive; a sixth over the one before.
    public let bins: [Int]
    /// Talkspurts with the recommended `silence_ms`.
    public let talkTalkspurts: [Int]
    /// The same of recordings without talk.
    public let otherTalkspurts: [Int]
    /// Pauses between what is not silent, not counting those at the beginning and at the end.
    public let talkPauses: [Int]
    /// The same of recordings without talk.
    public let otherPauses: [Int]
}

extension RunTable {
    /// The histograms of a table of one view.
    func lengths(pause: Int, isTalk: [Bool]) -> Lengths {
        var bins: [Int] = []
        while bins.last ?? 0 < RecordingLevels.maximumFrameCount {
            bins.append(max((bins.last ?? 0) + 1, (bins.last ?? 0) * 5 / 4))
        }
        func bin(_ length: Int) -> Int { bins.firstIndex { length <= $0 } ?? bins.count - 1 }
        var talkspurts = [[Int]](repeating: [Int](repeating: 0, count: bins.count), count: 2)
        var pauses = talkspurts
        for clip in clips {
            let label = isTalk[Int(clip.recording)] ? 1 : 0
            forEachTalkspurt(of: clip, pause: pause) { length, _ in
                talkspurts[label][bin(length)] += 1
                return true
            }
            for index in 1..<max(1, Int(clip.runCount)) {
                let (before, after) = (runs[Int(clip.firstRun) + index - 1], runs[Int(clip.firstRun) + index])
                pauses[label][bin(Int(after.start) - Int(before.end))] += 1
            }
        }
        return Lengths(
            bins: bins, talkTalkspurts: talkspurts[1], otherTalkspurts: talkspurts[0], talkPauses: pauses[1],
            otherPauses: pauses[0])
    }
}
