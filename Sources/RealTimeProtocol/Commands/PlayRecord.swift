/// Plays what ``Record`` recorded.
public struct PlayRecord: DefinedCommand {
    /// What ``PlayRecord`` can answer.
    public typealias Result = PlaybackResult
    /// The name on the wire.
    public static let name = "play_record"
    static let summary = "Plays a recording recorded with the record command."

    /// The temporary file name that `record` answered.
    public var mediaFile = ""

    /// Plays a recording.
    public init(mediaFile: String) { self.mediaFile = mediaFile }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [Field("media_file", \PlayRecord.mediaFile, .text(form: .notEmpty), "Temporary file name.")],
        blank: PlayRecord.init)
}
