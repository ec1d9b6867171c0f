/// What somebody says of a recording, or of a time in it.
public struct RecordingLabel: Sendable, Hashable {
    /// What is said.
    public enum Content: Sendable, Hashable {
        /// What the whole recording is: a name, and who is on it, where that is said.
        case verdict(String, speaker: String?)
        /// What is heard for a time, in seconds from the beginning; nil text is talk, whoever it is of.
        case interval(start: Double, end: Double, text: String?)
    }

    /// The recording: its file's name, with as many of the folders it lies in as tell it from others; the ending may be left out.
    public let recording: String
    /// The channel that it is about, from 1; nil where none is named.
    public let channel: Int?
    /// Where the label stands, for findings: a file and its line, as in `labels.csv:12`.
    public let place: String
    /// What is said.
    public let content: Content

    /// A label.
    public init(_ recording: String, channel: Int? = nil, _ content: Content, place: String) {
        self.recording = recording
        self.channel = channel
        self.content = content
        self.place = place
    }
}
