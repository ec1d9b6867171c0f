import TalkDetection
import TelephonyAudio

@testable import ThresholdTuning

/// Recordings made of runs of silence and of tones, by a seed.
enum Signal {
    /// A recording of runs, each loud or silent for a time in milliseconds.
    static func runs(_ runs: [(isLoud: Bool, milliseconds: Int)], amplitude: Int16 = 8000) -> [Int16] {
        runs.flatMap { run in
            (0..<(run.milliseconds * 8)).map { run.isLoud ? ($0 & 4 == 0 ? amplitude : -amplitude) : 0 }
        }
    }

    /// A recording of runs drawn at random, the last of which may end within a frame.
    static func random(using random: inout SplitMix64, upTo runCount: Int = 12) -> [Int16] {
        var samples: [Int16] = []
        for _ in 0..<Int.random(in: 1...runCount, using: &random) {
            let amplitude = [Int16(0), 0, 150, 600, 5000, 30_000].randomElement(using: &random)!
            let frames =
                Bool.random(using: &random)
                ? Int.random(in: 1...4, using: &random)
                : Int.random(in: 1...30, using: &random)
            let count =
                frames * 160
                + (Int.random(in: 0..<6, using: &random) == 0 ? Int.random(in: 0..<160, using: &random) : 0)
            samples += (0..<count).map { $0 & 4 == 0 ? amplitude : -amplitude }
        }
        return samples
    }

    /// The levels of a recording, its name being its seed.
    static func levels(
        _ samples: [Int16], name: String, conditions: [LineCondition] = [.unchanged]
    ) -> RecordingLevels {
        let digest = ContentDigest(of: samples.span.bytes)
        var recorder = LevelRecorder(digest: digest, conditions: conditions)
        recorder.add(samples.span)
        return recorder.finish(name: name)
    }
}
