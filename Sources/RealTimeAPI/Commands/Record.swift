/// Records the caller, until `#`, silence, or a maximum.
public struct Record: DefinedCommand {
    /// The recording, for ``PlayRecord``.
    public typealias Result = MediaFile
    /// The name on the wire.
    public static let name = "record"
    static let summary = "Records the user."

    /// The longest recording, 0...300 s; 0 is no limit.
    public var maximumDuration = Duration.zero
    /// The silence that ends it, 0...20 s; 0 is none.
    public var silence = Duration.zero

    /// Records the caller.
    public init(silence: Duration, maximumDuration: Duration) {
        self.silence = silence
        self.maximumDuration = maximumDuration
    }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [
            .seconds(
                "max_duration", \Record.maximumDuration, 0...300, "Maximum recording duration.", .expected(.integer(0))),
            .seconds("silence", \.silence, 0...20, "Stop recording on silence.", .expected(.integer(0))),
        ], blank: Record.init)
}
