/// Plays what ``Record`` recorded.
public struct PlayRecord: DefinedCommand {
    /// What ``PlayRecord`` can answer.
    public typealias Result = PlaybackResult
    /// Which command it is.
    public static let kind = Command.Kind.playRecord
    static let summary = "Plays a recording recorded with the record command."

    /// The recording that ``Record`` answered.
    public var recording: MediaFile

    /// Plays a recording.
    public init(_ recording: MediaFile) { self.recording = recording }

    static let definition = ObjectDefinition(
        fields: [Field("media_file", \PlayRecord.recording, .text(form: .notEmpty), "Temporary file name.")],
        blank: { PlayRecord("") })
}
