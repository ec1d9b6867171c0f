/// Sends keys as tones.
public struct SendDTMF: DefinedCommand {
    /// What ``SendDTMF`` can answer.
    public typealias Result = SuccessResult
    /// Which command it is.
    public static let kind = Command.Kind.sendDTMF
    static let summary = "Sends DTMF digits."
    static let resultIsNumber = true

    /// `duration_ms`; the default is that of the platform's PHP SDK.
    public static let duration = NumberParameter<Duration>(
        "duration_ms", .milliseconds, in: 1...5000, default: 500, "Duration of each digit.")
    /// `timeout_ms`; the default is that of the platform's PHP SDK.
    public static let pause = NumberParameter<Duration>(
        "timeout_ms", .milliseconds, in: 0...10_000, default: 500, "Amount of time between tones.")

    /// The keys: 0...9, `*` and `#`.
    public var digits: String
    /// How long each tone lasts, 1...5000 ms.
    public var duration: Duration
    /// The silence between tones, 0...10000 ms.
    public var pause: Duration

    /// Sends keys.
    public init(_ digits: String, duration: Duration = Self.duration.default, pause: Duration = Self.pause.default) {
        self.digits = digits
        self.duration = duration
        self.pause = pause
    }

    static let definition = ObjectDefinition(
        fields: [
            Field("digits", \SendDTMF.digits, .text(form: .keys), "Digits to send."), Field(duration, \.duration),
            Field(pause, \.pause),
        ], blank: { SendDTMF("") })
}
