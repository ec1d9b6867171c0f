public import TelephonyAudio

/// Someone a `dialout` can reach.
public struct Callee: Sendable, Hashable {
    /// What becomes of a call to them.
    public enum Answer: Sendable, Hashable {
        /// They answer when it has rung so long.
        case after(Duration)
        /// It rings, and nobody answers.
        case never
        /// They refuse the call when it has rung so long.
        case rejected(after: Duration)
        /// They are on the line with somebody else.
        case busy
        /// The network has no room for the call.
        case congestion
    }

    /// How they answer.
    public var answer: Answer
    /// What they do once they have answered, on the times of their own leg; they hang up half a second after the last of it.
    public var script: CallerScript

    /// Someone who answers, and does what a script says.
    public init(_ answer: Answer, _ script: CallerScript = CallerScript()) {
        self.answer = answer
        self.script = script
    }

    /// Someone who answers, says something once the calls are joined, and hangs up.
    public init(answersAfter time: Duration, audio: PhoneAudio) {
        self.init(.after(time), CallerScript([.init(.joined, .sound(audio), delay: .zero)]))
    }
}
