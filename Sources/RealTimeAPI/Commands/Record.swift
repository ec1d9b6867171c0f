/// Records the caller, until `#`, silence, or a maximum.
public struct Record: DefinedCommand {
    /// The recording, for ``PlayRecord``.
    public typealias Result = MediaFile
    /// Which command it is.
    public static let kind = Command.Kind.record
    static let summary = "Records the user."

    /// `max_duration`.
    public static let maximumDuration = NumberParameter<Duration>(
        "max_duration", .seconds, in: 0...300, default: 0, "Maximum recording duration.")
    /// `silence`.
    public static let silence = NumberParameter<Duration>(
        "silence", .seconds, in: 0...20, default: 0, "Stop recording on silence.")

    /// The longest recording, 0...300 s; 0 is no limit.
    public var maximumDuration: Duration
    /// The silence that ends it, 0...20 s; 0 is none.
    public var silence: Duration

    /// Records the caller.
    public init(silence: Duration = Self.silence.default, maximumDuration: Duration = Self.maximumDuration.default) {
        self.silence = silence
        self.maximumDuration = maximumDuration
    }

    static let definition = ObjectDefinition(
        fields: [Field(maximumDuration, \Record.maximumDuration), Field(silence, \.silence)],
        check: { command in
            let silence = command.silence / .seconds(1)
            let maximum = command.maximumDuration / .seconds(1)
            guard maximum > 0, silence > maximum else { return [] }
            return [
                .warning(
                    "\(Int(silence)) is longer than max_duration \(Int(maximum)): silence can never end the recording"
                ).inside("silence")
            ]
        }, blank: { Record() })
}
