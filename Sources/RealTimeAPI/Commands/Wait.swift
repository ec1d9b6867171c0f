/// Waits.
public struct Wait: DefinedCommand {
    /// What ``Wait`` can answer.
    public typealias Result = SuccessResult
    /// The name on the wire.
    public static let name = "wait"
    static let summary = "Waits for a few seconds."

    /// How long, 1...30 s.
    public var duration = Duration.seconds(1)

    /// Waits for whole seconds.
    public init(_ duration: Duration = .seconds(1)) { self.duration = duration }

    static let definition = ObjectDefinition(
        fields: [.seconds("wait", \Wait.duration, 1...30, "Time to wait.", .expected(.integer(1)))], blank: { Wait() })
}
