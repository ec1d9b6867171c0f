/// Ends the call.
public struct Hangup: DefinedCommand {
    /// The page documents no result.
    public typealias Result = UndocumentedResult
    /// The name on the wire.
    public static let name = "hangup"
    static let summary = "Hangs up the current call."

    /// Ends the call.
    public init() {}

    static let definition = ObjectDefinition<Hangup>(fields: [], blank: Hangup.init)
}
