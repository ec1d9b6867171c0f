/// Waits.
public struct Wait: DefinedCommand {
    /// What ``Wait`` can answer.
    public typealias Result = SuccessResult
    /// Which command it is.
    public static let kind = Command.Kind.wait
    static let summary = "Waits for a few seconds."

    /// `wait`, which the platform's PHP SDK calls `seconds`.
    public static let duration = NumberParameter<Duration>(
        "wait", .seconds, in: 1...30, default: 1, isRequired: true, "Time to wait.")

    /// How long, 1...30 s.
    public var duration: Duration

    /// Waits for whole seconds.
    public init(_ duration: Duration = Self.duration.default) { self.duration = duration }

    static let definition = ObjectDefinition(
        fields: [Field(duration, \Wait.duration)], otherNames: ["seconds": "wait"], blank: { Wait() })
}
