/// Stops recording the call.
public struct StopCallRecording: DefinedCommand {
    /// The recording's id.
    public typealias Result = RecordingID
    /// Which command it is.
    public static let kind = Command.Kind.stopCallRecording
    static let summary = "Stops call recording."

    /// Announces the end of the recording; nil or none does not.
    public var announce: Media?

    /// Stops recording the call.
    public init(announce: Media? = nil) { self.announce = announce }

    static let definition = ObjectDefinition(
        fields: [
            Field(
                "announce", \StopCallRecording.announce, .media(orNone: true),
                "Media to announce the call is not being recorded anymore.")
        ], blank: { StopCallRecording() })
}
