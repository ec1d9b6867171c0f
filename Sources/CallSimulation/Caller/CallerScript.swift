import RealTimeAPI
public import TelephonyAudio

/// What a caller, or a callee, does, and when.
///
/// Each step is done once. When several wait for the same, the first is done first, and the next one the next time. Those
/// that wait for a time do so beside all others.
public struct CallerScript: Sendable, Hashable {
    /// When a step is done; what the call does is followed by the step's ``Step/delay``.
    public enum Trigger: Sendable, Hashable {
        /// This long after the call began, or after a callee answered.
        case time(Duration)
        /// Keys are asked for, by `read` or for a PIN: over the prompt.
        case asked
        /// A prompt for keys is over.
        case prompted
        /// A command began that listens: `play_talk_detect`, `wait_for_silence` or `record`.
        case heard
        /// The call entered a room, or was joined with a callee.
        case joined
        /// The callee has answered; the whisper, if there is one, begins.
        case answered
        /// A command began.
        case began(CommandMatch)
        /// A command has ended.
        case ended(CommandMatch)
        /// The step before is done: what was said or pressed is over.
        case done
    }

    /// A command that is waited for.
    public struct CommandMatch: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// What it plays; nil for anything.
        public var text: TextPattern?

        /// A command by its name, whatever it plays.
        public init(_ name: String, playing text: TextPattern? = nil) {
            self.name = name
            self.text = text
        }

        func matches(_ command: Command) throws(SimulationError) -> Bool {
            guard command.name == name else { return false }
            return try text?.matches(command.played ?? "") ?? true
        }
    }

    /// What is done.
    public enum Action: Sendable, Hashable {
        /// Audio comes from the caller: speech, a file, silence.
        case sound(PhoneAudio)
        /// Keys are pressed, each for a tenth of a second, followed by as much silence; they are heard as tones.
        case keys([DTMFKey])
        /// The caller hangs up.
        case hangUp
        /// The platform ends the command that begins, without executing it: with an error, say. It is for a step that waits for a
        /// command to begin, is done at once, and is nothing elsewhere.
        case ends(CommandEnding)
    }

    /// One thing a caller does.
    public struct Step: Sendable, Hashable {
        /// When.
        public var trigger: Trigger
        /// How long after that: half a second, as people react, unless it is set; for `time` and `done` nothing.
        public var delay: Duration
        /// What.
        public var action: Action
        /// What a transcript says of it, as in `says "Bonjour"`; nil for what the action says of itself.
        public var act: Transcript.Act?

        /// A step.
        public init(_ trigger: Trigger, _ action: Action, delay: Duration? = nil, act: Transcript.Act? = nil) {
            self.trigger = trigger
            self.action = action
            self.act = act
            self.delay = delay ?? (trigger.isEvent ? .milliseconds(500) : .zero)
        }
    }

    /// The steps.
    public var steps: [Step]
    /// Whether a step waits until those before it have come about, as in a play; otherwise what comes first is done first.
    public var isInOrder = false
    /// When the caller hangs up at the latest: ten minutes after the call began.
    public var patience = Self.usualPatience
    /// How long a caller stays unless it is set.
    public static let usualPatience = Duration.seconds(600)
    /// What the line makes of it.
    public var line = CallerLine()

    /// A script.
    public init(_ steps: [Step] = []) { self.steps = steps }
}

extension CallerScript.Trigger {
    /// Whether it is something that the call does.
    fileprivate var isEvent: Bool {
        switch self {
        case .time, .done: false
        default: true
        }
    }
}
