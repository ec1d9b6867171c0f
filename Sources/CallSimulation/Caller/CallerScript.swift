public import TelephonyAudio

/// What a caller does, and when.
///
/// Each step is done once. When several wait for the same, the first is done first, and the next one the next time.
public struct CallerScript: Sendable, Hashable {
    /// When a step is done.
    public enum Trigger: Sendable, Hashable {
        /// This long after the call began.
        case time(Duration)
        /// Half a second after `read` began to ask for digits: over its prompt.
        case asked
        /// Half a second after a prompt of `read` was over.
        case prompted
        /// Half a second after a command began that listens: `play_talk_detect`, `wait_for_silence` or `record`.
        case heard
        /// Half a second after the call entered a room.
        case joined
    }

    /// What is done.
    public enum Action: Sendable, Hashable {
        /// Audio comes from the caller: speech, a file.
        case sound(PhoneAudio)
        /// Keys are pressed, each for a tenth of a second with as much silence behind it; they are heard as tones.
        case keys([DTMFKey])
        /// The caller hangs up.
        case hangUp
    }

    /// One thing a caller does.
    public struct Step: Sendable, Hashable {
        /// When.
        public var trigger: Trigger
        /// What.
        public var action: Action

        /// A step.
        public init(_ trigger: Trigger, _ action: Action) {
            self.trigger = trigger
            self.action = action
        }
    }

    /// The steps.
    public var steps: [Step]
    /// When the caller hangs up at the latest: ten minutes after the call began.
    public var patience = Duration.seconds(600)

    /// A script.
    public init(_ steps: [Step] = []) { self.steps = steps }
}
