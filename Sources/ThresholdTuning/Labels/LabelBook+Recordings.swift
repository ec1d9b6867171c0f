import TelephonyAudio

extension LabelBook {
    /// The recordings that have labels, and what is wrong with labels or missing.
    ///
    /// Without any labels the folders that recordings lie in say what is on them.
    ///
    /// - Parameters:
    ///   - recordings: by their names.
    ///   - channel: the one of which the recordings are, from 1: labels of others do not count; nil if none was chosen.
    ///   - speakersAreFolders: whether recordings in one folder, but the one that labels them, are of one speaker.
    package func label(
        _ recordings: [RecordingLevels], channel: Int? = nil, speakersAreFolders: Bool
    ) -> ([LabelledRecording], [TuningError]) {
        let folders = recordings.map { Array($0.name.split(separator: "/").dropLast().map(String.init)) }
        var (labels, findings) = labels(of: recordings.map(\.name), channel: channel)
        var labelFolders = [String?](repeating: nil, count: recordings.count)
        if isEmpty {
            for (index, folders) in folders.enumerated() {
                labelFolders[index] = labelFolder(folders)
                labels[index] = labelFolders[index].flatMap { label(folder: $0) }
            }
        }
        var labelled: [LabelledRecording] = []
        for (index, recording) in recordings.enumerated() {
            guard let label = labels[index] else {
                findings.append(missingLabel(of: recording, in: labelFolders[index]))
                continue
            }
            let speaker = speakersAreFolders ? folders[index].last { $0 != labelFolders[index] } : nil
            labelled.append(LabelledRecording(recording, isTalk: label.isTalk, speaker: label.speaker ?? speaker))
        }
        return (labelled, findings)
    }

    private func missingLabel(of recording: RecordingLevels, in folder: String?) -> TuningError {
        if !isEmpty { return TuningError(.label, recording.location, "has no label; it is left out") }
        guard let folder else { return TuningError(.unlabelled, recording.location, "has no label") }
        return TuningError(.unknownFolder, recording.location, "nothing is known of the folder \"\(folder)\"")
    }
}
