/// Sends keys as tones.
public struct SendDTMF: DefinedCommand {
    /// What ``SendDTMF`` can answer.
    public typealias Result = SuccessResult
    /// The name on the wire.
    public static let name = "send_dtmf"
    static let summary = "Sends DTMF digits."

    /// The keys: 0...9, `*` and `#`.
    public var digits = ""
    /// How long each tone lasts, 1...5000 ms.
    public var duration = Duration.milliseconds(500)
    /// The silence between tones, 0...10000 ms.
    public var pause = Duration.milliseconds(500)

    /// Sends keys; the defaults are those of the platform's PHP SDK.
    public init(_ digits: String, duration: Duration = .milliseconds(500), pause: Duration = .milliseconds(500)) {
        self.digits = digits
        self.duration = duration
        self.pause = pause
    }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [
            Field("digits", \SendDTMF.digits, .text(form: .keys), "Digits to send."),
            .milliseconds("duration_ms", \.duration, 1...5000, "Duration of each digit.", .expected(.integer(500))),
            .milliseconds("timeout_ms", \.pause, 0...10_000, "Amount of time between tones.", .expected(.integer(500))),
        ], blank: SendDTMF.init)
}
