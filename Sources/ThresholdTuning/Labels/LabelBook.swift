public import TelephonyAudio

/// Labels from all sources, and which recording each belongs to.
///
/// A recording holds talk if its label is a name that means talk. Where there are intervals instead of one label, it does if
/// one of them that means talk begins within the 60 s that an analysis can last: `play_talk_detect` should then answer
/// TALK. An interval means talk if its text does, or if it has none. A recording that is not mentioned in a list of intervals
/// holds no talk, if any other is mentioned there.
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

    /// Labels that came together.
    private struct Source {
        let labels: [RecordingLabel]
        let findings: [TuningError]
        let isOfManyRecordings: Bool
    }

    private let names: TalkNames
    private var sources: [Source] = []

    /// A book without labels.
    ///
    /// - Parameter names: which names mean talk.
    public init(names: TalkNames) {
        self.names = names
    }

    /// Whether no labels were added.
    public var isEmpty: Bool { sources.isEmpty }

    /// Adds labels.
    ///
    /// - Parameters:
    ///   - labels: those of one source, as of a file.
    ///   - findings: what is wrong with the source itself.
    ///   - isOfManyRecordings: whether the source lists many recordings: one that its intervals do not mention holds no talk.
    public mutating func add(
        _ labels: [RecordingLabel], findings: [TuningError] = [], isOfManyRecordings: Bool
    ) {
        sources.append(Source(labels: labels, findings: findings, isOfManyRecordings: isOfManyRecordings))
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

    /// The channels that labels name, of each recording; none of one of which no label names a channel.
    ///
    /// - Parameter paths: of the recordings.
    public func channels(of paths: [String]) -> [[Int]] {
        let finder = RecordingFinder(paths)
        var channels = [Set<Int>](repeating: [], count: paths.count)
        for label in sources.flatMap(\.labels) {
            guard let channel = label.channel,
                // What is wrong with a label is told when recordings are looked up for it.
                let index = try? finder.find(label.recording, place: label.place)
            else { continue }
            channels[index].insert(channel)
        }
        return channels.map { $0.sorted() }
    }

    /// The labels of recordings.
    ///
    /// - Parameters:
    ///   - paths: of the recordings; ``RecordingLevels/name(_:channel:)`` for a channel of one.
    ///   - channel: the one that was chosen of all recordings, from 1: labels of other channels do not count; nil if none was.
    /// - Returns: for each its label, nil if there is none; and what is wrong with labels, by file and line.
    public func labels(of paths: [String], channel: Int? = nil) -> (labels: [Label?], findings: [TuningError]) {
        let finder = RecordingFinder(paths)
        var drafts = [Draft?](repeating: nil, count: paths.count)
        var findings: [TuningError] = []
        func counts(_ label: RecordingLabel) -> Bool {
            channel == nil || label.channel == nil || label.channel == channel
        }
        for source in sources {
            findings += source.findings
            for label in source.labels where counts(label) {
                do throws(TuningError) {
                    let index = try finder.find(label.recording, channel: label.channel, place: label.place)
                    drafts[index] = try merged(drafts[index], label)
                } catch { findings.append(error) }
            }
        }
        let hasIntervals = sources.contains { source in
            source.isOfManyRecordings
                && source.labels.contains { if case .interval = $0.content { counts($0) } else { false } }
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

    private func merged(_ draft: Draft?, _ label: RecordingLabel) throws(TuningError) -> Draft {
        switch label.content {
        case .interval(let start, let end, let text):
            if let draft, !draft.isInterval { throw conflict(label, draft) }
            var merged =
                draft ?? Draft(isTalk: false, speaker: nil, name: "intervals", place: label.place, isInterval: true)
            let means = text.map { names.isTalk($0) ?? false } ?? true
            if means, end > start, start < 60 { merged.isTalk = true }
            return merged
        case .verdict(let name, let speaker):
            guard let isTalk = names.isTalk(name) else {
                throw TuningError(.unknownName, label.place, "nothing is known of the label \"\(name)\"")
            }
            if let draft, draft.isInterval || draft.isTalk != isTalk { throw conflict(label, draft) }
            return Draft(isTalk: isTalk, speaker: speaker ?? draft?.speaker, name: name, place: label.place)
        }
    }

    private func conflict(_ label: RecordingLabel, _ draft: Draft) -> TuningError {
        TuningError(.label, label.place, "\(label.recording) was labelled \(draft.name) already, in \(draft.place)")
    }
}
