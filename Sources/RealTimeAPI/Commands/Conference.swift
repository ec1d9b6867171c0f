/// Sends the call into a conference room, which is made if it has to be.
public struct Conference: DefinedCommand {
    /// Which command it is.
    public static let kind = Command.Kind.conference
    static let summary = "Dynamically creates a conference room (if needed) and sends the current call in it."

    /// What ``Conference`` can answer.
    public enum Result: NamedResult {
        /// The room has been closed.
        case closed
        /// The caller left as the last participant.
        case lastParticipant
        /// The caller left by pressing `*`.
        case left
        /// The caller did not enter the right PIN.
        case wrongPIN
        /// The caller entered no PIN.
        case noPIN
        /// One that is not documented.
        case other(String)

        static let names: [(Result, String)] = [
            (.closed, "CONFERENCE_CLOSED"), (.lastParticipant, "LAST_PARTICIPANT"), (.left, "LEFT_CONFERENCE"),
            (.wrongPIN, "PIN_ERROR"), (.noPIN, "PIN_TIMEOUT"),
        ]

        /// The text on the wire.
        public var wire: String {
            if case .other(let wire) = self { return wire }
            return knownWire!
        }
    }

    /// `pin_max_tries`.
    public static let pinMaximumTries = NumberParameter<Int?>(
        "pin_max_tries", usually: 1...10, "How many times do we ask for the PIN?")
    /// `pin_wait`.
    public static let pinWait = NumberParameter<Duration?>(
        "pin_wait", .seconds, usually: 0...30, "Seconds to wait for a digit response.")

    /// The room.
    public var id: ConferenceID
    /// Played to one who leaves as the last.
    public var autoLeaveAnnounce: Media?
    /// Whether one who is left alone leaves.
    public var autoLeaveWhenAlone: Bool?
    /// The PIN to ask for; nil asks for none.
    public var pinCode: PIN?
    /// Played when the PIN is wrong.
    public var pinError: Media?
    /// How often the PIN is asked for; 1...10 in the platform's SDK, and 3 unless it is set.
    public var pinMaximumTries: Int?
    /// Played to ask for the PIN.
    public var pinPrompt: Media?
    /// Played when the PIN is right.
    public var pinValid: Media?
    /// How long to wait for a digit; 0...30 s in the platform's SDK.
    ///
    /// Zero, as nil, is the platform's own time, not none.
    public var pinWait: Duration?
    /// Played when someone joins.
    public var userJoin: Media?
    /// Played when someone leaves.
    public var userLeave: Media?
    /// Played while there is only one participant.
    public var waiting: Media?
    /// Played before joining.
    public var welcome: Media?

    /// Joins a room; all else can be set afterwards.
    public init(_ id: ConferenceID) { self.id = id }

    static let definition = ObjectDefinition(
        fields: [
            Field(
                "auto_leave_announce", \Conference.autoLeaveAnnounce, .media(orNone: true),
                "Media played when leaving as the last participant."),
            Field("auto_leave_when_alone", \.autoLeaveWhenAlone, .bool, "Leave when you are the last participant."),
            Field("id", \.id, .roomID, "Conference room id."),
            Field("pin_code", \.pinCode, .pin, "PIN code to ask for."),
            Field("pin_error", \.pinError, .media(orNone: true), "Media played when the PIN is not valid."),
            Field(pinMaximumTries, \.pinMaximumTries),
            Field("pin_prompt", \.pinPrompt, .media(orNone: true), "Media played to ask for a PIN code."),
            Field("pin_valid", \.pinValid, .media(orNone: true), "Media played when the PIN is valid."),
            Field(pinWait, \.pinWait),
            Field("user_join", \.userJoin, .media(orNone: true), "Media played when someone joins."),
            Field("user_leave", \.userLeave, .media(orNone: true), "Media played when someone leaves."),
            Field(
                "waiting", \.waiting, .media(orNone: true),
                "Media played in a loop while there is only one participant."),
            Field("welcome", \.welcome, .media(orNone: true), "Media played before joining."),
        ], blank: { Conference("") })
}
