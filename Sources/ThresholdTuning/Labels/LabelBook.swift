public import TelephonyAudio

/// Labels from all sources, and which recording each belongs to.
///
/// A recording holds talk if its label is a name that means talk. Where there are intervals instead of one label, it does if
/// one of them that means talk begins within the 60 s that an analysis can last: `play_talk_detect` should then answer
/// TALK. An interval means talk if its text does, or if it has none; in RTTM every SPEAKER line does. A recording that is
/// not mentioned in files of intervals holds no talk, if any other is mentioned there.
public struct LabelBook: Sendable {
    /// What is known of a recording.
    public struct Label: Sendable, Hashable {
        /// Whether there is talk on it.
        public let isTalk: Bool
        /// Who is on it, where that is said.
        public let speaker: String?
        /// The name it was labelled with, or `intervals`.
        public let name: String
    }

    private let names: TalkNames
    private var files: [LabelFile] = []

    /// A book without labels.
    ///
    /// - Parameter names: which names mean talk.
    public init(names: TalkNames) {
        self.names = names
    }

    /// Whether there are no files of labels.
    public var isEmpty: Bool { files.isEmpty }

    /// Adds a file of labels.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - format: by its ending.
    ///   - name: what findings call it.
    ///   - recording: the name without its ending of the recording that it belongs to, where files belong to one.
    public mutating func add(_ bytes: [UInt8], format: LabelFormat, name: String, recording: String) {
        files.append(LabelFile(bytes, format: format, name: name, recording: recording))
    }

    /// What the name of a folder says of the recordings in it; nil if it says nothing.
    public func label(folder: String) -> Label? {
        names.isTalk(folder).map { Label(isTalk: $0, speaker: nil, name: folder) }
    }

    /// Which of the folders that a recording lies in says what is on it.
    ///
    /// - Parameter folders: outermost first, the first being the one that was named.
    /// - Returns: the first under the named one whose name is known, or the named one if its name is, or else the first under
    ///   it.
    public func labelFolder(_ folders: [String]) -> String? {
        let inner = folders.dropFirst()
        return inner.first { names.isKnown($0) } ?? folders.first { names.isKnown($0) } ?? inner.first ?? folders.first
    }

    /// The labels of recordings.
    ///
    /// - Parameter paths: of the recordings.
    /// - Returns: for each its label, nil if there is none; and what is wrong with labels, by file and line.
    public func labels(of paths: [String]) -> (labels: [Label?], findings: [TuningError]) {
        let finder = RecordingFinder(paths)
        var drafts = [Draft?](repeating: nil, count: paths.count)
        var findings: [TuningError] = []
        for file in files {
            findings += file.findings
            for entry in file.entries {
                let place = "\(file.name):\(entry.line)"
                do throws(TuningError) {
                    let index = try finder.find(entry.recording, place: place)
                    drafts[index] = try merged(drafts[index], entry, place: place)
                } catch { findings.append(error) }
            }
        }
        let hasIntervals = files.contains { file in
            file.format.holdsManyFiles
                && file.entries.contains { if case .interval = $0.content { true } else { false } }
        }
        let labels = drafts.map { draft -> Label? in
            draft.map { Label(isTalk: $0.isTalk, speaker: $0.speaker, name: $0.name) }
                ?? (hasIntervals ? Label(isTalk: false, speaker: nil, name: "not mentioned") : nil)
        }
        return (labels, findings)
    }

    /// A label that further intervals may change.
    private struct Draft {
        var isTalk: Bool
        var speaker: String?
        var name: String
        var place: String
        var isInterval = false
    }

    private func merged(
        _ draft: Draft?, _ entry: LabelFile.Entry, place: String
    ) throws(TuningError) -> Draft {
        switch entry.content {
        case .interval(let start, let end, let text):
            if let draft, !draft.isInterval { throw conflict(entry, draft, place) }
            var merged =
                draft ?? Draft(isTalk: false, speaker: nil, name: "intervals", place: place, isInterval: true)
            let means = text.map { names.isTalk($0) ?? false } ?? true
            if means, end > start, start < 60 { merged.isTalk = true }
            return merged
        case .verdict(let label, let speaker):
            guard let isTalk = names.isTalk(label) else {
                throw TuningError(
                    .label, place, "nothing is known of the label \"\(label)\"; --talk says which names mean talk")
            }
            if let draft, draft.isInterval || draft.isTalk != isTalk { throw conflict(entry, draft, place) }
            return Draft(isTalk: isTalk, speaker: speaker ?? draft?.speaker, name: label, place: place)
        }
    }

    private func conflict(_ entry: LabelFile.Entry, _ draft: Draft, _ place: String) -> TuningError {
        TuningError(.label, place, "\(entry.recording) was labelled \(draft.name) already, in \(draft.place)")
    }
}
