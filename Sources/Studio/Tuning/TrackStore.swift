import AudioConversion
import RecordingDetection
import TelephonyAudio
import ThresholdTuning

/// Recordings cut into frames, for judging them all at once.
///
/// Levels of 20 ms are there for all that have been measured. For other frames, and for the adaptive classifier, recordings are
/// listened to once, and what was heard is kept while there is room.
final class TrackStore: Sendable {
    private struct Key: Hashable {
        let index: Int
        let kind: Detection.TrackKind
    }

    private let kept = AudioCache<Key, FrameTrack>(maximumByteCount: 128 << 20)
    private let options: ConversionOptions

    init(_ options: ConversionOptions) { self.options = options }

    /// A recording's frames, 60 s of them at least where it has so many; nil if it can't be read any more.
    func track(
        _ kind: Detection.TrackKind, _ index: Int, _ entry: ShelfEntry, _ levels: MeasuredLevels
    ) -> FrameTrack? {
        if !kind.isAdaptive, kind.frameLength == RecordingLevels.frameLength {
            return FrameTrack(.levels(levels.levels), frameLength: kind.frameLength, sampleCount: levels.heardCount)
        }
        let input: FoundInput
        switch entry.source {
        case .file(let found): input = found
        case .memory(let sound): return sound.track(kind)
        }
        let key = Key(index: index, kind: kind)
        if let track = kept.value(for: key) { return track }
        let limit = RecordingLevels.maximumFrameCount * RecordingLevels.frameLength
        var samples: [Int16] = []
        do throws(ConversionError) {
            try AudioConverter(options: options).convert(input.source) { part in
                for index in 0..<min(part.count, limit - samples.count) { samples.append(part[index]) }
            }
        } catch {
            // Its state says why once it is opened.
            return nil
        }
        let track = FrameTrack(samples.span, isAdaptive: kind.isAdaptive, frameLength: kind.frameLength)
        kept.insert(track, for: key, byteCount: track.byteCount + 100)
        return track
    }
}
