/// Ends the call.
public struct Hangup: DefinedCommand {
    /// The page documents no result.
    public typealias Result = UndocumentedResult
    /// Which command it is.
    public static let kind = Command.Kind.hangup
    static let summary = "Hangs up the current call."

    /// Ends the call.
    public init() {}

    static let definition = ObjectDefinition<Hangup>(fields: [], blank: Hangup.init)
}
