import ParallelWork

/// Frames in a row that are not silent: from the first to before the last.
struct LoudRun: Sendable, Hashable {
    let start: UInt16
    let end: UInt16
}

/// A recording as it is heard through one threshold or several, under one line condition or several.
struct Clip: Sendable {
    /// Its loud runs in the table.
    let firstRun: Int32
    let runCount: Int32
    let frameCount: Int32
    /// How many conditions and thresholds it stands for.
    let weight: Int32
    /// Its recording's place in the corpus.
    let recording: Int32
}

/// The loud runs of recordings under conditions and thresholds: all that talkspurts depend on.
struct RunTable: Sendable {
    private(set) var runs: [LoudRun] = []
    private(set) var clips: [Clip] = []
    /// For each recording its first clip; one more marks the end.
    private(set) var firstClips: [Int] = [0]
    /// Whether nobody wants what is searched for any more: searches then end soon, with any result.
    var isStopped: @Sendable () -> Bool = { false }
    /// Silent frames that a talkspurt has to outlast, at the least, in what is looked for.
    let leastSilence: Int
    /// Room for boxes, used again and again.
    let arenas = ArenaPool()

    /// The runs of one recording; conditions and thresholds that give the same ones become one clip.
    private struct Part: Sendable {
        var runs: [LoudRun] = []
        var clips: [Clip] = []
    }

    /// The runs of recordings, in their order.
    ///
    /// - Parameters:
    ///   - recordings: with levels under the same conditions.
    ///   - views: for each way of hearing them, the place of the condition and the threshold.
    ///   - leastSilence: silent frames that a talkspurt has to outlast, at the least, in what is looked for.
    init(
        _ recordings: [RecordingLevels], views: [(condition: Int, threshold: Int)], leastSilence: Int = 0, jobs: Int
    ) {
        self.leastSilence = leastSilence
        let parts = parallelMap(Array(recordings.enumerated()), jobs: jobs) { [views] index, recording in
            Self.part(recording, index: index, views: views)
        }
        runs.reserveCapacity(parts.reduce(0) { $0 + $1.runs.count })
        for part in parts {
            let offset = Int32(runs.count)
            runs += part.runs
            for clip in part.clips {
                clips.append(
                    Clip(
                        firstRun: clip.firstRun + offset, runCount: clip.runCount, frameCount: clip.frameCount,
                        weight: clip.weight, recording: clip.recording))
            }
            firstClips.append(clips.count)
        }
    }

    private static func part(
        _ recording: RecordingLevels, index: Int, views: [(condition: Int, threshold: Int)]
    ) -> Part {
        let frameCount = recording.heardFrameCount
        var part = Part()
        var weights: [[LoudRun]: Int32] = [:]
        var order: [[LoudRun]] = []
        for view in views {
            let runs = runs(
                recording.levels(condition: view.condition).prefix(frameCount), threshold: UInt16(view.threshold))
            if weights[runs] == nil { order.append(runs) }
            weights[runs, default: 0] += 1
        }
        for runs in order {
            part.clips.append(
                Clip(
                    firstRun: Int32(part.runs.count), runCount: Int32(runs.count), frameCount: Int32(frameCount),
                    weight: weights[runs]!, recording: Int32(index)))
            part.runs += runs
        }
        return part
    }

    private static func runs(_ levels: ArraySlice<UInt16>, threshold: UInt16) -> [LoudRun] {
        levels.withUnsafeBufferPointer { levels in
            var runs: [LoudRun] = []
            var start = -1
            for index in 0..<levels.count {
                if levels[index] >= threshold {
                    if start < 0 { start = index }
                } else if start >= 0 {
                    runs.append(LoudRun(start: UInt16(start), end: UInt16(index)))
                    start = -1
                }
            }
            if start >= 0 { runs.append(LoudRun(start: UInt16(start), end: UInt16(levels.count))) }
            return runs
        }
    }
}

extension RunTable {
    /// The talkspurts of a clip that are ended by more than `silence` silent frames, in order.
    ///
    /// - Parameter body: is given the talkspurt's length and the end of its talk, both in frames; the decision falls in frame
    ///   end + silence + 1, counted from 1. Returns whether to go on.
    @inline(__always)
    func forEachTalkspurt(of clip: Clip, silence: Int, _ body: (_ length: Int, _ end: Int) -> Bool) {
        guard clip.runCount > 0 else { return }
        runs.withUnsafeBufferPointer { runs in
            var index = Int(clip.firstRun)
            let last = index + Int(clip.runCount) - 1
            // A pause at the beginning that is not too long is part of the first talkspurt.
            var start = Int(runs[index].start) <= silence ? 0 : Int(runs[index].start)
            while true {
                let end = Int(runs[index].end)
                let next = index < last ? Int(runs[index + 1].start) : Int(clip.frameCount)
                if next - end > silence {
                    guard body(end - start, end) else { return }
                    start = next
                }
                if index == last { return }
                index += 1
            }
        }
    }

    /// The frame that a candidate decides for talk in, counted from 1; 0 if it does not.
    @inline(__always)
    func decision(_ clip: Clip, _ candidate: Candidate) -> Int {
        var decided = 0
        forEachTalkspurt(of: clip, silence: candidate.silence) { length, end in
            guard end + candidate.silence < candidate.analysisTime else { return false }
            guard length > candidate.minimum, length <= candidate.maximum else { return true }
            decided = end + candidate.silence + 1
            return false
        }
        return decided
    }
}
