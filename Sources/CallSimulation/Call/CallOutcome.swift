public import RealTimeAPI
public import TelephonyAudio

/// The result of a simulated call.
public struct CallOutcome: Sendable {
    /// One command, and what it answered.
    public struct Step: Sendable, Hashable {
        /// The command, as it was asked for.
        public let command: Command
        /// What it answered, on the wire; nil if the call ended in it.
        public let result: String?
        /// When it began, since the call did.
        public let start: Duration
        /// When it was over.
        public let end: Duration
    }

    /// What was said and heard on another leg.
    public struct Leg: Sendable, Hashable {
        /// What came from it.
        public let said: PhoneAudio
        /// What was heard there, of the same length.
        public let heard: PhoneAudio
    }

    /// Why the platform ended the call; nil if the handler did nothing that it refuses.
    public let refusal: Refusal?
    /// Whether nobody was there to answer the first request.
    public var isUnanswered: Bool { refusal?.kind == .unreachable && answerTimes.isEmpty }
    /// How the call ended; what the last request said.
    public let status: CallStatus
    /// The commands.
    public let steps: [Step]
    /// What the handler asked to keep, at the end.
    public let variables: JSONText
    /// All that happened.
    public let transcript: Transcript
    /// What the caller said, and what the caller heard; both through G.711, of the same length.
    public let caller: PhoneAudio
    /// What the caller heard.
    public let platform: PhoneAudio
    /// The leg of who answered a `dialout`, from then on: the whisper is heard there, and then the caller; nil if nobody did.
    public let callee: Leg?
    /// How those answered whom a `dialout` rang, by number; who did not is not in it.
    var answers: [String: Callee.Answer] = [:]
    /// What `record` made and `start_call_recording` recorded, by the names that the handler was given.
    public let recordings: [String: PhoneAudio]
    /// The answer times, in order, in real time.
    public let answerTimes: [Duration]
    /// When the first request was sent; nil if nobody was there to send it to.
    public let start: ContinuousClock.Instant?
    /// How long the call was, on the virtual clock.
    public let duration: Duration
    /// What the caller did not come to do.
    public let undone: [CallerScript.Step]
    /// What the platform takes, but not as it is meant, and what could not be heard as it would be there; as the transcript has it.
    public let warnings: [String]
}
