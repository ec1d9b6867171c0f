/// Plays a prompt and takes the keys that the caller presses.
public struct Read: DefinedCommand {
    /// Which command it is.
    public static let kind = Command.Kind.read
    static let summary = "Plays a Media and waits for a DTMF input at the same time."

    /// What ``Read`` can answer.
    public enum Result: DefinedResult {
        /// The keys, without the `#` that ended them; none if that was the only one.
        case digits(String)
        /// The caller did not press enough keys in time.
        case timeout
        /// One that is not documented.
        case other(String)

        static let form = ResultForm.keys(or: [Result.timeout.wire])

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

    /// `max_digits`; the default is that of the platform's PHP SDK.
    public static let maximumDigits = NumberParameter<Int>("max_digits", in: 1...20, default: 20, "Maximum digits.")
    /// `attempts`; the default is that of the platform's PHP SDK.
    public static let attempts = NumberParameter<Int>("attempts", in: 1...10, default: 10, "Maximum attempts.")
    /// `timeout_ms`; the default is that of the platform's PHP SDK.
    public static let timeout = NumberParameter<Duration>(
        "timeout_ms", .milliseconds, in: 100...30_000, default: 30_000, "Input timeout.")

    /// The prompt.
    public var media: Media
    /// How many keys at most, 1...20.
    public var maximumDigits: Int
    /// How often the prompt is played at most, 1...10.
    public var attempts: Int
    /// How long to wait for input, 100...30000 ms.
    public var timeout: Duration

    /// Plays a prompt and takes keys.
    public init(
        _ media: Media, maximumDigits: Int = Self.maximumDigits.default, attempts: Int = Self.attempts.default,
        timeout: Duration = Self.timeout.default
    ) {
        self.media = media
        self.maximumDigits = maximumDigits
        self.attempts = attempts
        self.timeout = timeout
    }

    static let definition = ObjectDefinition(
        fields: [
            Field(attempts, \Read.attempts), Field(maximumDigits, \.maximumDigits),
            Field("media_id", \.media, .media(orNone: false), "Prompt message."), Field(timeout, \.timeout),
        ], blank: { Read(.none) })
}
