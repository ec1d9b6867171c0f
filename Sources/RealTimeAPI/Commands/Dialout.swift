/// Calls someone else, and joins the two calls when that is answered.
public struct Dialout: DefinedCommand {
    /// Which command it is.
    public static let kind = Command.Kind.dialout
    static let summary = "Makes another call, and bridges the call on answer."

    /// Someone to call.
    public struct Target: DefinedObject {
        /// `timeout`.
        public static let timeout = NumberParameter<Duration?>("timeout", .seconds, usually: 5...300, "Ring time.")

        /// The number.
        public var number: PhoneNumber
        /// How long it rings; 5...300 s in the platform's SDK, and the platform's own time if nil.
        public var timeout: Duration?

        /// Someone to call.
        public init(_ number: PhoneNumber, timeout: Duration? = nil) {
            self.number = number
            self.timeout = timeout
        }

        static let definition = ObjectDefinition(
            fields: [
                Field("number", \Target.number, .phoneNumber, "Phone number."),
                Field(timeout, \.timeout),
            ], blank: { Target(PhoneNumber()) })
    }

    /// What is heard while it rings.
    public enum Ringtone: String, WireValue, CaseIterable {
        /// Music.
        case music = "MUSIC"
        /// The tone of a telephone that rings.
        case ring = "RING"
    }

    /// What ``Dialout`` can answer; a call that was answered ends with the other one.
    public enum Result: NamedResult {
        /// No one answered.
        case noAnswer
        /// One that is not documented.
        case other(String)

        static let names: [(Result, String)] = [(.noAnswer, "NOANSWER")]

        /// The text on the wire.
        public var wire: String {
            if case .other(let wire) = self { return wire }
            return knownWire!
        }
    }

    /// Who is called, one after another until one answers.
    public var targets: [Target]
    /// What the callee sees as the caller.
    public var callerID: CallerID?
    /// Written in the call's record; 32 letters and digits at most.
    public var customField: String?
    /// What the caller hears.
    public var ringtone: Ringtone?
    /// What the callee hears before the calls are joined.
    public var whisper: Media?

    /// Calls someone else.
    public init(_ targets: [Target], callerID: CallerID? = nil) {
        self.targets = targets
        self.callerID = callerID
    }

    static let definition = ObjectDefinition(
        fields: [
            Field("cdr_field", \Dialout.customField, .text(form: .customField), "Custom value written in the CDR."),
            Field("cli", \.callerID, .callerID, "Outbound Caller ID."),
            Field(
                "ringtone", \.ringtone, .choice, "Plays music or classic ringtone."),
            Field(
                "targets", \.targets, .list(atLeast: 1),
                "Phone numbers called sequentially until one answers."),
            Field("whisper", \.whisper, .media(orNone: true), "Callee whispering Media."),
        ], blank: { Dialout([]) })
}
