import Presentation
import Reports
import TelephonyAudio
import ThresholdTuning

/// What labels say of recordings, each of which is known by its place.
struct LabelMarks {
    private(set) var marks: [Int: RecordingMark] = [:]
    private(set) var findings: [TuningError]

    /// What a recording is labelled with where intervals say what is on it.
    static let intervalName = "intervals"

    /// - Parameters:
    ///   - content: what a file of labels says.
    ///   - recordings: what labels call them.
    ///   - foldersCount: whether the folders that recordings lie in label those that the file does not mention.
    init(
        _ content: LabelFormat.Content, names: TalkNames, finder: RecordingFinder, recordings: [String],
        foldersCount: Bool
    ) {
        var book = LabelBook(names: names)
        if foldersCount {
            for (index, recording) in recordings.enumerated() {
                let folders = recording.split(separator: "/").dropLast().map(String.init)
                guard let label = book.labelFolder(folders).flatMap({ book.label(folder: $0) }) else { continue }
                marks[index] = RecordingMark(isTalk: label.isTalk, name: label.name)
            }
        }
        // What intervals do not mention has no talk for those who tune; nobody has listened to it yet for those who label.
        book.add(content.labels, findings: content.findings, isOfManyRecordings: false)
        let (labels, findings) = book.labels(of: recordings)
        self.findings = findings
        for (index, label) in labels.enumerated() {
            guard let label else { continue }
            marks[index] = RecordingMark(isTalk: label.isTalk, name: label.name, speaker: label.speaker)
        }
        for label in content.labels {
            guard case .interval(let start, let end, let text) = label.content, end > start,
                // What is of no recording has been found above.
                let index = try? finder.find(label.recording, place: label.place)
            else { continue }
            marks[index, default: RecordingMark()].intervals.append(
                RecordingMark.Interval(start: .seconds(start), end: .seconds(end), text: text ?? ""))
        }
    }
}
