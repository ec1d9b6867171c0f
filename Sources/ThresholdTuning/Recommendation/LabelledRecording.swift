/// A recording, and what is on it.
public struct LabelledRecording: Sendable, Hashable {
    /// Its levels.
    public let levels: RecordingLevels
    /// Whether there is talk on it that `play_talk_detect` should answer TALK to.
    public let isTalk: Bool
    /// Who is on it; nil is somebody of whom there is no other recording.
    ///
    /// Recordings of one speaker are held out together.
    public let speaker: String?

    /// A recording with its label.
    public init(_ levels: RecordingLevels, isTalk: Bool, speaker: String? = nil) {
        self.levels = levels
        self.isTalk = isTalk
        self.speaker = speaker
    }

    /// What recordings that belong together have in common: the speaker, or else the content.
    var groupKey: String { speaker.map { "speaker \($0)" } ?? levels.digest.text }
}
