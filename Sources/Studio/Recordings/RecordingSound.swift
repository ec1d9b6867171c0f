import AudioConversion
import RecordingDetection
import Synchronization
import TalkDetection
import TelephonyAudio

/// A recording in memory, and what was computed of it: what is asked for again and again while a slider moves.
final class RecordingSound: Sendable {
    let samples: [Int16]
    let warnings: [ConversionReport.Warning]
    private let work = Mutex(Work())

    private struct Work {
        var peaks: PeakPyramid?
        /// The last is the one that was used last.
        var tracks: [(kind: Detection.TrackKind, track: FrameTrack)] = []
        var levels: LevelPyramid?
        var probabilities: [UInt16]?
        var keys: [DetectionResult.Item]?
    }

    /// How many ways to cut it into frames are kept.
    private static let trackCount = 6

    init(_ audio: PhoneAudio, warnings: [ConversionReport.Warning] = []) {
        samples = audio.samples
        self.warnings = warnings
    }

    var duration: Duration { Duration(samples: samples.count) }

    /// What it takes with all that is computed of it.
    var byteCount: Int { Self.bytesPerSample * samples.count + 1000 }

    /// With what is known of it beside the sample itself.
    static let bytesPerSample = 4

    /// The recording cut into frames.
    func track(_ kind: Detection.TrackKind) -> FrameTrack {
        if let track = keptTrack(kind) { return track }
        let samples = samples
        let track = FrameTrack(samples.span, isAdaptive: kind.isAdaptive, frameLength: kind.frameLength)
        work.withLock { work in
            work.tracks.append((kind, track))
            if work.tracks.count > Self.trackCount { work.tracks.removeFirst() }
        }
        return track
    }

    private func keptTrack(_ kind: Detection.TrackKind) -> FrameTrack? {
        work.withLock { work in
            guard let place = work.tracks.firstIndex(where: { $0.kind == kind }) else { return nil }
            let kept = work.tracks.remove(at: place)
            work.tracks.append(kept)
            return kept.track
        }
    }

    /// The extremes of the samples, at several resolutions.
    var peaks: PeakPyramid {
        work.withLock { work in
            if let peaks = work.peaks { return peaks }
            let peaks = PeakPyramid(samples)
            work.peaks = peaks
            return peaks
        }
    }

    /// The levels of 20 ms each, at several resolutions.
    var levels: LevelPyramid {
        if let levels = work.withLock({ $0.levels }) { return levels }
        let track = track(Detection.TrackKind(isAdaptive: false, frameLength: LevelPyramid.frameLength))
        guard case .levels(let values) = track.frames else {
            preconditionFailure("the track was not asked for silences")
        }
        let levels = LevelPyramid(values)
        work.withLock { $0.levels = levels }
        return levels
    }

    /// How probable talk is in each 10 ms, 0...65535 standing for 0...1.
    var probabilities: [UInt16] {
        if let probabilities = work.withLock({ $0.probabilities }) { return probabilities }
        let samples = samples
        var classifier = AdaptiveClassifier()
        var probabilities: [UInt16] = []
        probabilities.reserveCapacity(samples.count / AdaptiveClassifier.partLength + 1)
        func take(_ answers: Span<Float>) {
            for index in answers.indices {
                probabilities.append(UInt16((max(0, min(1, answers[index])) * 65535).rounded()))
            }
        }
        classifier.add(samples.span) { take($0) }
        classifier.finish { take($0) }
        work.withLock { [probabilities] in $0.probabilities = probabilities }
        return probabilities
    }

    /// What a command would answer.
    func detect(_ detection: Detection, file: String) -> DetectionResult {
        var result = DetectionResult(detection, file: file, duration: duration, warnings: warnings)
        if let kind = detection.trackKind {
            detection.run(track(kind), into: &result)
        } else {
            result.talkspurts = keys
        }
        return result
    }

    /// The keys that are pressed in it.
    private var keys: [DetectionResult.Item] {
        if let keys = work.withLock({ $0.keys }) { return keys }
        let samples = samples
        let keys = Detection.keys(in: samples.span)
        work.withLock { $0.keys = keys }
        return keys
    }
}
