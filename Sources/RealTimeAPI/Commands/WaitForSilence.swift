/// Waits until it is silent.
public struct WaitForSilence: DefinedCommand {
    /// The name on the wire.
    public static let name = "wait_for_silence"
    static let summary = "Waits until silence is detected, or timeout is reached."

    /// What ``WaitForSilence`` can answer.
    public enum Result: NamedResult {
        /// It was silent.
        case silence
        /// It was not, in time.
        case timeout
        /// One that is not documented.
        case other(String)

        static let names: [(Result, String)] = [(.silence, "SILENCE"), (.timeout, "TIMEOUT")]

        /// The text on the wire.
        public var wire: String {
            if case .other(let wire) = self { return wire }
            return knownWire!
        }
    }

    /// How often it has to be silent, 1...10.
    public var iterations = 1
    /// How long, 1...5000 ms.
    public var silence = Duration.milliseconds(500)
    /// When to give up, 0...300 s; 0 is never.
    public var timeout = Duration.zero

    /// Waits until it is silent.
    public init(_ silence: Duration, iterations: Int = 1, timeout: Duration = .zero) {
        self.silence = silence
        self.iterations = iterations
        self.timeout = timeout
    }
    private init() {}

    static let definition = ObjectDefinition(
        fields: [
            Field(
                "iterations", \WaitForSilence.iterations, .integer(1...10), "Number of times to try.",
                .expected(.integer(1))),
            .milliseconds("silence_ms", \.silence, 1...5000, "Minimum silence duration.", .required),
            .seconds(
                "timeout", \.timeout, 0...300, "Global timeout if silence is not detected.", .expected(.integer(0))),
        ], blank: WaitForSilence.init)
}
