public import RealTimeProtocol
public import TelephonyAudio

/// How a call is placed.
public struct CallSetup: Sendable {
    /// The handler.
    public var handler: HandlerAddress
    /// Whose certificates are taken of a handler at `https://`.
    public var trust = Trust.system
    /// What the caller does.
    public var caller = CallerScript()
    /// Where media come from.
    public var sounds: Sounds
    /// The call.
    public var call = CallID(rawValue: 421_889)
    /// Whether the platform placed the call: there is a request hash then, and the first status is `UP`.
    public var isOutbound = false
    /// How an outbound call ended that was never up: NOANSWER, BUSY, CONGESTION or REJECTED; nil if it was answered.
    public var failure: CallStatus?
    /// The caller's number.
    public var callerNumber = "+33123456789"
    /// The number that was called.
    public var number = "+33612345678"
    /// The custom field of the call's record.
    public var customField = ""
    /// When the call began, UTC, `YYYY-MM-DD hh:mm:ss`; the same each time, so that a call can be repeated exactly.
    public var dateStarted = "2012-01-09 17:27:55"
    /// Who answers a `dialout`, by number; nobody else does.
    public var callees: [String: Callee] = [:]
    /// How long the handler may take to answer, in real time.
    public var patience = Duration.seconds(5)
    /// Whether what was said and heard is kept to the end; without it a call of any length takes little memory.
    public var keepsAudio = true
    /// The most commands a call may have; a handler that goes on after them would for ever.
    public var maximumCommands = 1000

    /// Someone a `dialout` can reach.
    public struct Callee: Sendable {
        /// How long it rings before they answer.
        public var answersAfter: Duration
        /// What they say once they are joined with the caller; they hang up after it.
        public var audio: PhoneAudio

        /// A callee.
        public init(answersAfter: Duration, audio: PhoneAudio) {
            self.answersAfter = answersAfter
            self.audio = audio
        }
    }

    /// An inbound call whose caller says nothing.
    public init(_ handler: HandlerAddress, sounds: Sounds) {
        self.handler = handler
        self.sounds = sounds
    }
}
