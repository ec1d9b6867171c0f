/// Sends the call into a simple conference room.
public struct SimpleConference: DefinedCommand {
    /// The page documents no result.
    public typealias Result = UndocumentedResult
    /// Which command it is.
    public static let kind = Command.Kind.simpleConference
    static let summary = "Simple conference bridge."

    /// The room.
    public var id: ConferenceID
    /// Whether one who is left alone leaves.
    public var autoLeaveWhenAlone: Bool?

    /// Joins a room.
    public init(_ id: ConferenceID, autoLeaveWhenAlone: Bool? = nil) {
        self.id = id
        self.autoLeaveWhenAlone = autoLeaveWhenAlone
    }

    static let definition = ObjectDefinition(
        fields: [
            Field(
                "auto_leave_when_alone", \SimpleConference.autoLeaveWhenAlone, .bool,
                "Leave when you are the last participant."),
            Field("id", \.id, .roomID, "Conference room id."),
        ], blank: { SimpleConference("") })
}
