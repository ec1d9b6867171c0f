import AudioConversion
import NIOHTTP1
import ParallelWork
import RealTimeAPI
import RecordingDetection
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// What `play_talk_detect` would answer to all recordings, held against their labels.
struct Judge {
    /// What became of one recording.
    fileprivate struct Row: Sendable {
        let index: Int
        let result: String
        let decided: Duration?
        let isRight: Bool?
        let reason: String
        let isTalk: Bool?
    }

    let shelf: RecordingShelf
    let tracks: TrackStore
    let jobs: Int

    /// The table and the counts, as the page takes them.
    ///
    /// - Throws: 422 if the settings are of another command.
    func reply(_ settings: DetectionSettings) throws(StudioError) -> StudioReply {
        let detection = try settings.checked
        guard detection.command == .playTalkDetect, let kind = detection.trackKind else {
            throw StudioError(.unprocessableEntity, "recordings are judged by what play_talk_detect answers")
        }
        let measured = shelf.entries.enumerated().filter { $0.element.measured != nil }
        let parts = stride(from: 0, to: measured.count, by: 64).map { start in
            Array(measured[start..<min(start + 64, measured.count)])
        }
        let rows = parallelMap(parts, jobs: jobs) { part in
            part.compactMap { row($0.offset, $0.element, detection, kind) }
        }.joined()
        var confusion = Confusion()
        for row in rows {
            guard let isTalk = row.isTalk, let isRight = row.isRight else { continue }
            confusion.add(isTalk: isTalk, answer: isTalk == isRight)
        }
        return .json([
            JSON.Member(
                "confusion",
                .object([
                    JSON.Member("found", .integer(confusion.found)), JSON.Member("missed", .integer(confusion.missed)),
                    JSON.Member("false_talk", .integer(confusion.falseTalk)),
                    JSON.Member("quiet", .integer(confusion.quiet)), JSON.Member("error", .double(confusion.error)),
                ])), JSON.Member("rows", .array(rows.map(\.json))),
        ])
    }

    private func row(
        _ index: Int, _ entry: ShelfEntry, _ detection: Detection, _ kind: Detection.TrackKind
    ) -> Row? {
        guard let levels = entry.measured, let track = tracks.track(kind, index, entry, levels) else { return nil }
        var result = DetectionResult(detection, file: entry.location, duration: levels.duration, warnings: [])
        detection.run(track, into: &result)
        let isTalk = entry.mark.isTalk
        return Row(
            index: index, result: result.result, decided: result.decided,
            isRight: isTalk.map { $0 == (result.answer == .talk) }, reason: result.explanation, isTalk: isTalk)
    }
}

extension Judge.Row {
    fileprivate var json: JSON {
        .array([
            .string(RecordingShelf.id(index)), .string(result), .milliseconds(decided),
            isRight.map { .integer($0 ? 1 : 0) } ?? .null, .string(reason),
        ])
    }
}

extension DetectionSettings {
    /// The detection that they ask for.
    ///
    /// - Throws: 422 if a setting is out of range.
    var checked: Detection {
        get throws(StudioError) {
            do throws(DetectionSettingError) { return try detection } catch {
                throw StudioError(.unprocessableEntity, "\(error)")
            }
        }
    }
}
