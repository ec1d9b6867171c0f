/// Ends some call (`hangup_callid`).
public struct HangupCall: DefinedCommand {
    /// The page documents no result.
    public typealias Result = UndocumentedResult
    /// Which command it is.
    public static let kind = Command.Kind.hangupCall
    static let summary = "Hangs up a specific callid."

    /// The call.
    public var call: CallID

    /// Ends a call.
    public init(_ call: CallID) { self.call = call }

    static let definition = ObjectDefinition(
        fields: [Field("callid", \HangupCall.call, .callID, "The callid you wish to hang up.")],
        blank: { HangupCall(CallID(rawValue: 0)) })
}
