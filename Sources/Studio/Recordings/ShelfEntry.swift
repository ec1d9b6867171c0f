import AudioConversion
import TelephonyAudio
import ThresholdTuning

/// A recording, and what is known of it.
struct ShelfEntry: Sendable {
    /// Where it comes from.
    enum Source: Sendable {
        /// A file in a folder that was given.
        case file(FoundInput)
        /// Audio that the page has sent, which is kept in memory.
        case memory(RecordingSound)
    }

    /// How far it is known.
    enum State: Sendable {
        case waiting
        case measured(MeasuredLevels)
        case failed(String)
        /// Found in a folder, and no audio.
        case skipped
    }

    /// What people know it by.
    let name: String
    /// What labels call it.
    let labelName: String
    let source: Source
    var state = State.waiting
    var mark = RecordingMark()
    /// When it changed last, counted in changes of the shelf.
    var revision = 0

    /// The file, as it is named on the command line; of what is in memory its name.
    var location: String {
        switch source {
        case .file(let input): input.path
        case .memory: name
        }
    }

    /// Whether it lies in a file, which labels can be kept for.
    var isFile: Bool { if case .file = source { true } else { false } }

    var measured: MeasuredLevels? { if case .measured(let levels) = state { levels } else { nil } }
}

/// The levels of a recording as it is, for 60 s at the most: as long as an analysis can last.
struct MeasuredLevels: Sendable {
    /// Mean magnitudes of 20 ms each.
    let levels: [UInt16]
    /// How long the recording is, in samples.
    let sampleCount: Int

    init(_ recording: RecordingLevels) {
        let condition = LineCondition.standard.firstIndex(of: .unchanged)!
        levels = Array(recording.levels(condition: condition))
        sampleCount = recording.sampleCount
    }

    var duration: Duration { Duration(samples: sampleCount) }

    /// How many samples the levels are of.
    var heardCount: Int { min(sampleCount, RecordingLevels.maximumFrameCount * RecordingLevels.frameLength) }
}

/// What somebody says is on a recording.
struct RecordingMark: Sendable, Equatable {
    struct Interval: Sendable, Equatable {
        var start: Duration
        var end: Duration
        var text: String
    }

    /// Whether there is talk; nil if nobody has said.
    var isTalk: Bool?
    /// The name it was labelled with.
    var name: String?
    var speaker: String?
    var intervals: [Interval] = []
}
