extension RecordingLevels {
    /// Recordings without those that are there again: with the same content, and a name that is the same or, with more of the
    /// path, ends like it, as `calls/human/1.wav` and `human/1.wav` do.
    ///
    /// What has the same content under another name, as in two folders that label it, stays.
    ///
    /// - Returns: of those that are one recording the one whose name says most, with the path that any of them has, in the
    ///   order of the recordings.
    /// - Complexity: O(*n* log *n*).
    public static func withoutRepetitions(_ recordings: [RecordingLevels]) -> [RecordingLevels] {
        let entries = recordings.enumerated().map { index, recording in
            (
                parts: [recording.digest.text] + recording.name.split(separator: "/").reversed().map(String.init),
                index: index
            )
        }.sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
        var kept: [Int: RecordingLevels] = [:]
        var path: String?
        for (place, entry) in entries.enumerated() {
            let recording = recordings[entry.index]
            path = recording.path ?? path
            // Names that end alike lie together, the longest last.
            if place + 1 < entries.count, entries[place + 1].parts.starts(with: entry.parts) { continue }
            kept[entry.index] = recording.named(recording.name, path: path)
            path = nil
        }
        return recordings.indices.compactMap { kept[$0] }
    }
}
