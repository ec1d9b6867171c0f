/// A format of labels, by a file's ending.
public enum LabelFormat: String, Sendable, CaseIterable {
    /// Audacity's label track: start and end in seconds, and text, between tabs.
    case audacity = "txt"
    /// Praat's TextGrid, an interval tier.
    case textGrid = "TextGrid"
    /// NIST's Rich Transcription Time Marked format.
    case rttm
    /// Comma-separated values, RFC 4180, with a header.
    case csv

    /// The format that a file's ending stands for; nil if it stands for none.
    public init?(ending: some StringProtocol) {
        guard let format = Self.allCases.first(where: { $0.rawValue.lowercased() == ending.lowercased() }) else {
            return nil
        }
        self = format
    }

    /// Whether one file holds the labels of many recordings, each line naming its own.
    public var isOfManyRecordings: Bool { self == .rttm || self == .csv }
}
