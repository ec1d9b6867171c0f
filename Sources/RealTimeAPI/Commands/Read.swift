/// Plays a prompt and takes the keys that the caller presses.
public struct Read: DefinedCommand {
    /// The name on the wire.
    public static let name = "read"
    static let summary = "Plays a Media and waits for a DTMF input at the same time."

    /// What ``Read`` can answer.
    public enum Result: CommandResult {
        /// The keys, without the `#` that ended them; none if that was the only one.
        case digits(String)
        /// The caller did not press enough keys in time.
        case timeout
        /// One that is not documented.
        case other(String)

        /// A result by its text on the wire.
        public init(wire: String) {
            if wire == "TIMEOUT" {
                self = .timeout
            } else {
                let isKeys = wire.utf8.allSatisfy { (48...57).contains($0) || $0 == 42 || $0 == 35 }
                self = isKeys ? .digits(wire) : .other(wire)
            }
        }

        /// The text on the wire.
        public var wire: String {
            switch self {
            case .digits(let keys): keys
            case .timeout: "TIMEOUT"
            case .other(let wire): wire
            }
        }
    }

    /// The prompt.
    public var media = Media.none
    /// How many keys at most, 1...20.
    public var maximumDigits = 20
    /// How often the prompt is played at most, 1...10.
    public var attempts = 10
    /// How long to wait for input, 100...30000 ms.
    public var timeout = Duration.milliseconds(30_000)

    /// Plays a prompt and takes keys; the defaults are those of the platform's PHP SDK.
    public init(
        _ media: Media, maximumDigits: Int = 20, attempts: Int = 10, timeout: Duration = .milliseconds(30_000)
    ) {
        self.media = media
        self.maximumDigits = maximumDigits
        self.attempts = attempts
        self.timeout = timeout
    }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [
            Field("attempts", \Read.attempts, .integer(1...10), "Maximum attempts.", .expected(.integer(10))),
            Field("max_digits", \.maximumDigits, .integer(1...20), "Maximum digits.", .expected(.integer(20))),
            Field("media_id", \.media, .media(orNone: false), "Prompt message."),
            .milliseconds("timeout_ms", \.timeout, 100...30_000, "Input timeout.", .expected(.integer(30_000))),
        ], blank: Read.init)
}
