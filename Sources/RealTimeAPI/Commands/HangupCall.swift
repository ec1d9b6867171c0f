/// Ends some call (`hangup_callid`).
public struct HangupCall: DefinedCommand {
    /// The page documents no result.
    public typealias Result = UndocumentedResult
    /// The name on the wire.
    public static let name = "hangup_callid"
    static let summary = "Hangs up a specific callid."

    /// The call.
    public var call = CallID(rawValue: 0)

    /// Ends a call.
    public init(_ call: CallID) { self.call = call }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [Field("callid", \HangupCall.call, .callID, "The callid you wish to hang up.")], blank: HangupCall.init)
}
