/// What is heard in a recording from time to time: what ``LabelFormat/text(_:)`` writes.
public struct IntervalLabels: Sendable, Hashable {
    /// One label.
    public struct Label: Sendable, Hashable {
        /// When it begins, from the beginning of the recording.
        public let start: Duration
        /// When it ends.
        public let end: Duration
        /// What is said of it, in any words.
        public let text: String
        /// Who or what is heard, in a word: RTTM has it instead of the text.
        public let speaker: String
        /// Whether it is what was looked for.
        public let qualifies: Bool

        /// A label.
        public init(start: Duration, end: Duration, text: String, speaker: String = "talk", qualifies: Bool = true) {
            self.start = start
            self.end = end
            self.text = text
            self.speaker = speaker
            self.qualifies = qualifies
        }
    }

    /// The path of the recording.
    public let recording: String
    /// The channel that was listened to, from 1; nil for all together.
    public let channel: Int?
    /// How long it is.
    public let duration: Duration
    /// What kind of labels they are: the name of the tier in a TextGrid.
    public let kind: String
    /// The labels, in the order of their times.
    public let labels: [Label]

    /// The labels of a recording.
    public init(recording: String, channel: Int? = nil, duration: Duration, kind: String, _ labels: [Label]) {
        self.recording = recording
        self.channel = channel
        self.duration = duration
        self.kind = kind
        self.labels = labels
    }
}
