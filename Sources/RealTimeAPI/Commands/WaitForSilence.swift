/// Waits until it is silent.
public struct WaitForSilence: DefinedCommand {
    /// Which command it is.
    public static let kind = Command.Kind.waitForSilence
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

    /// `iterations`.
    public static let iterations = NumberParameter<Int>(
        "iterations", in: 1...10, default: 1, "Number of times to try.")
    /// `silence_ms`, which the platform has no default for: this one is that of flows and detectors.
    public static let silence = NumberParameter<Duration>(
        "silence_ms", .milliseconds, in: 1...5000, default: 500, isRequired: true, "Minimum silence duration.")
    /// `timeout`.
    public static let timeout = NumberParameter<Duration>(
        "timeout", .seconds, in: 0...300, default: 0, "Global timeout if silence is not detected.")

    /// How often it has to be silent, 1...10.
    public var iterations: Int
    /// How long, 1...5000 ms.
    public var silence: Duration
    /// When to give up, 0...300 s; 0 is never.
    public var timeout: Duration

    /// Waits until it is silent.
    public init(
        _ silence: Duration = Self.silence.default, iterations: Int = Self.iterations.default,
        timeout: Duration = Self.timeout.default
    ) {
        self.silence = silence
        self.iterations = iterations
        self.timeout = timeout
    }

    /// What to tell where no packet can come as soon as it has to, since Asterisk counts that as silence; nil where it can.
    ///
    /// - Parameter length: how long a packet is: 20 ms on most lines.
    package func warning(aboutPacketsOf length: Duration) -> String? {
        guard silence <= length else { return nil }
        return "\(silence.wholeMilliseconds) is not longer than a packet of \(length.wholeMilliseconds) ms: "
            + "a live line answers SILENCE at once, whatever is heard"
    }

    static let definition = ObjectDefinition(
        fields: [
            Field(iterations, \WaitForSilence.iterations), Field(silence, \.silence), Field(timeout, \.timeout),
        ],
        check: { command in
            let needed = command.silence.wholeMilliseconds * Int128(command.iterations)
            let timeout = command.timeout.wholeMilliseconds
            if let warning = command.warning(aboutPacketsOf: .milliseconds(20)) {
                return [.warning(warning).inside("silence_ms")]
            }
            guard timeout > 0, needed > timeout else { return [] }
            let times = command.iterations == 1 ? "" : ", \(command.iterations) times,"
            return [
                .warning(
                    "\(command.silence.wholeMilliseconds)\(times) is longer than the timeout of \(timeout) ms: silence can never be detected"
                ).inside("silence_ms")
            ]
        }, blank: { WaitForSilence() })
}
