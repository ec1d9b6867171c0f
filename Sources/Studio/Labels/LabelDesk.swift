import AudioConversion
import Files
import NIOHTTP1
import Presentation
import Reports
import Synchronization
import TelephonyAudio
import ThresholdTuning

/// The labels of the recordings: read once, changed by the page, and saved with each change.
///
/// The file is the truth: before each change it is read again, so that what others have written meanwhile stays.
final class LabelDesk: Sendable {
    /// What became of a change.
    struct Change {
        let revision: Int
        /// Whether it stands in the file.
        let isSaved: Bool
    }

    private let shelf: RecordingShelf
    private let file: String?
    private let format: LabelFormat?
    private let names: TalkNames
    private let finder: RecordingFinder
    private let recordings: [String]
    /// One change at a time.
    private let turn = Mutex(())
    /// What is wrong with the labels that were read.
    let findings: [TuningError]

    /// Reads the labels, and marks the recordings with them.
    ///
    /// - Throws: what reading the file throws, if it is there.
    init(_ shelf: RecordingShelf, _ configuration: StudioConfiguration) throws(ConversionError) {
        self.shelf = shelf
        names = configuration.names
        file = configuration.labels
        format = file.flatMap { LabelFormat(ending: PathName($0).ending) }
        let entries = shelf.entries
        recordings = entries.map(\.labelName)
        finder = RecordingFinder(recordings)
        var content = LabelFormat.Content()
        if let file, let format, FileAccess.exists(file) {
            content = format.read(
                try FileBytes.read(file, limit: LabelFiles.limit), name: file,
                recording: Self.recording(of: file, among: recordings))
        }
        let marks = LabelMarks(
            content, names: names, finder: finder, recordings: recordings, foldersCount: true)
        findings = marks.findings
        shelf.change(Array(marks.marks.keys)) { index, entry in entry.mark = marks.marks[index]! }
    }

    /// What the page is told of the file.
    var summary: (file: String?, isWritable: Bool, reason: String?) {
        guard let file else { return (nil, false, "labels are kept in memory, and can be downloaded") }
        return sheet == nil
            ? (file, false, "this file is read, and not written; labels are kept in memory, and can be downloaded")
            : (file, true, nil)
    }

    /// The file as it is now; nil if it can't be written.
    private var sheet: LabelSheet? {
        guard let file, let format else { return nil }
        guard FileAccess.exists(file) else { return LabelSheet([], format: format) }
        // What can't be read can't be changed either; changing it tells why.
        return (try? FileBytes.read(file, limit: LabelFiles.limit)).flatMap { LabelSheet($0, format: format) }
    }

    // MARK: Changes

    /// Gives a recording its label.
    ///
    /// - Parameters:
    ///   - isTalk: nil takes the label away.
    ///   - text: as it shall stand in the file; nil is the name that the file has most of.
    /// - Throws: 500 if it can't be saved: nothing is changed then.
    func setLabel(_ index: Int, isTalk: Bool?, text: String?) throws(StudioError) -> Change {
        try make([index: .label(isTalk: isTalk, name: text)])
    }

    /// Gives a recording its intervals.
    ///
    /// - Throws: 500 if they can't be saved: nothing is changed then.
    func setIntervals(_ index: Int, _ intervals: [RecordingMark.Interval]) throws(StudioError) -> Change {
        try make([index: .intervals(intervals)])
    }

    /// What somebody says of a recording.
    private enum Marking {
        /// Without a name it is the one that the file has most of.
        case label(isTalk: Bool?, name: String?)
        case intervals([RecordingMark.Interval])
    }

    /// Saves what is said of recordings, by their places, all at once; then has the shelf know it.
    private func make(_ markings: [Int: Marking]) throws(StudioError) -> Change {
        try inTurn { () throws(StudioError) in
            let usualNames = usualNames(for: markings)
            let markings = markings.mapValues { marking in
                guard case .label(let isTalk, nil) = marking else { return marking }
                return .label(isTalk: isTalk, name: isTalk.flatMap { usualNames[$0] })
            }
            let isSaved = try save(markings)
            let revision = shelf.change(markings.keys.sorted()) { mark(&$1, markings[$0]!) }
            return Change(revision: revision, isSaved: isSaved)
        }
    }

    private func mark(_ entry: inout ShelfEntry, _ marking: Marking) {
        switch marking {
        case .label(let isTalk, let name): (entry.mark.isTalk, entry.mark.name) = (isTalk, name)
        case .intervals(let intervals):
            entry.mark.intervals = intervals
            // A label of its own stays; without one the intervals say whether there is talk, and none say nothing.
            guard entry.mark.name == nil || entry.mark.name == LabelMarks.intervalName else { return }
            entry.mark.name = intervals.isEmpty ? nil : LabelMarks.intervalName
            entry.mark.isTalk = intervals.isEmpty ? nil : intervals.contains(where: isTalk)
        }
    }

    /// Whether `play_talk_detect` should answer TALK because of an interval, as ``LabelBook`` has it.
    private func isTalk(_ interval: RecordingMark.Interval) -> Bool {
        interval.start < .seconds(60) && interval.end > interval.start
            && (interval.text.isEmpty || names.isTalk(interval.text) ?? false)
    }

    /// Takes a file of labels.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: what findings call it; its ending tells the format.
    ///   - recording: the recording that a file of one is about; nil is the one that the file is called after.
    /// - Returns: how many recordings were labelled, and what is wrong.
    func take(
        _ bytes: [UInt8], name: String, recording: Int?
    ) throws(StudioError) -> (taken: Int, findings: [TuningError], revision: Int) {
        guard let format = LabelFormat(ending: PathName(name).ending) else {
            throw StudioError(
                .unsupportedMediaType, "labels must end in .csv, .txt (Audacity), .TextGrid or .rttm")
        }
        // A file of one recording is about the one that is meant, which may have come after the start.
        let only = format.isOfManyRecordings ? nil : recording
        let called = only.map { [shelf.entries[$0].labelName] } ?? recordings
        let content = format.read(bytes, name: name, recording: only == nil ? PathName(name).stem : called[0])
        let marks = LabelMarks(
            content, names: names, finder: only == nil ? finder : RecordingFinder(called), recordings: called,
            foldersCount: false)
        var markings: [Int: Marking] = [:]
        for (index, mark) in marks.marks {
            let isLabel = mark.intervals.isEmpty && mark.isTalk != nil && mark.name != LabelMarks.intervalName
            markings[only ?? index] =
                isLabel ? .label(isTalk: mark.isTalk, name: mark.name) : .intervals(mark.intervals)
        }
        return (markings.count, marks.findings, try make(markings).revision)
    }

    private func inTurn<Value>(_ body: () throws(StudioError) -> Value) throws(StudioError) -> Value {
        let result: Result<Value, StudioError> = turn.withLock { _ in
            do throws(StudioError) { return .success(try body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Changes the file, if there is one that can say it.
    ///
    /// - Returns: whether all of it is in the file.
    private func save(_ markings: [Int: Marking]) throws(StudioError) -> Bool {
        guard let file, let format else { return false }
        let entries = shelf.entries
        let kept = markings.filter { index, _ in
            entries[index].isFile
                // A file of one recording would lose its labels to another's.
                && (format.isOfManyRecordings
                    || placeFinder(among: [index])(Self.recording(of: file, among: recordings)) == index)
        }
        guard !kept.isEmpty else { return false }
        do throws(ConversionError) {
            let bytes = FileAccess.exists(file) ? try FileBytes.read(file, limit: LabelFiles.limit) : []
            guard var sheet = LabelSheet(bytes, format: format) else { return false }
            let changed = change(&sheet, kept, entries)
            if changed > 0 { try OutputFile.write(sheet.bytes, to: file, replacing: true) }
            return changed == markings.count
        } catch { throw StudioError(.internalServerError, "the label could not be saved: \(error)") }
    }

    /// - Returns: of how many recordings the sheet can say it.
    private func change(_ sheet: inout LabelSheet, _ markings: [Int: Marking], _ entries: [ShelfEntry]) -> Int {
        var labels: [Int: (recording: String, name: String?)] = [:]
        var intervals: [Int: IntervalLabels] = [:]
        for (index, marking) in markings {
            let name = rowName(index, entries[index])
            switch marking {
            // What intervals say is no label of its own.
            case .label(_, let label): labels[index] = (name, label == LabelMarks.intervalName ? nil : label)
            case .intervals(let its): intervals[index] = Self.labels(of: entries[index], its, recording: name)
            }
        }
        let number = placeFinder(among: Array(markings.keys))
        let isLabelled = !labels.isEmpty && sheet.setLabels(labels, where: number)
        let changed = intervals.isEmpty ? [] : sheet.setIntervals(intervals, where: number)
        return (isLabelled ? labels.count : 0) + changed.count
    }

    /// The recording that a file of one is about: the only one, or the one that it is called after.
    private static func recording(of file: String, among recordings: [String]) -> String {
        recordings.count == 1 ? recordings[0] : PathName(file).stem
    }

    /// What finds the place of the recording, among some, that a row calls so.
    private func placeFinder(among indices: [Int]) -> (String) -> Int? {
        // Of most rows the last part of the path says that they are of others.
        let names = Set(
            indices.flatMap { index in
                let name = PathName(recordings[index])
                return [name.last, name.stem, name.stem.replacing(" ", with: "_")]
            })
        return { row in names.contains(PathName(row).last) ? try? self.finder.find(row, place: "") : nil }
    }

    /// What a new row calls a recording: its path in its folder, or more of it if that is another's too.
    private func rowName(_ index: Int, _ entry: ShelfEntry) -> String {
        (try? finder.find(entry.name, place: "")) == index ? entry.name : recordings[index]
    }

    /// The names that most recordings with and without talk have, if some of the markings have none.
    private func usualNames(for markings: [Int: Marking]) -> [Bool: String] {
        let isNeeded = markings.values.contains { if case .label(.some, nil) = $0 { true } else { false } }
        guard isNeeded else { return [:] }
        var counts: [Bool: [String: Int]] = [:]
        for mark in shelf.entries.lazy.map(\.mark) where mark.name != LabelMarks.intervalName {
            if let isTalk = mark.isTalk, let name = mark.name { counts[isTalk, default: [:]][name, default: 0] += 1 }
        }
        return [true: "talk", false: "no-talk"].merging(
            counts.compactMapValues { $0.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key },
            uniquingKeysWith: { $1 })
    }

    static func labels(
        of entry: ShelfEntry, _ intervals: [RecordingMark.Interval], recording: String
    ) -> IntervalLabels {
        let labels = intervals.sorted { $0.start < $1.start }.map {
            IntervalLabels.Label(start: $0.start, end: $0.end, text: $0.text)
        }
        return IntervalLabels(
            recording: recording, duration: entry.measured?.duration ?? .zero, kind: "labels", labels)
    }
}
