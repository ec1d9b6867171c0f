public import NIOCore
import NIOPosix
public import RealTimeAPI
import TelephonyAudio

/// How a call is placed.
public struct CallSetup: Sendable {
    /// The handler.
    public var handler: HandlerAddress
    /// Whose certificates are taken of a handler at `https://`.
    public var verification = CertificateVerification.system
    /// What the caller does.
    public var caller = CallerScript()
    /// The line to a caller who is there now; nil for one who does what ``caller`` says, on a virtual clock.
    ///
    /// The call's clock is the wall's then: it goes on while the handler thinks. Of ``caller`` only the line's code counts.
    public var liveLine: LiveLine?
    /// What the call shares with other live calls, which it can meet; nil for a call that meets none.
    public var switchboard: Switchboard?
    /// Where media come from.
    public var sounds: Sounds
    /// The call.
    public var call = CallID(rawValue: 421_889)
    /// Whether the platform placed the call: there is a request hash then, and the first status is `UP`.
    public var isOutbound = false
    /// How an outbound call ended that was never up: NOANSWER, BUSY, CONGESTION or REJECTED; nil if it was answered.
    public var failure: CallStatus?
    /// What the handler is sent with the first request.
    public var variables = JSONText.emptyObject
    /// When the call begins on the common clock of calls that are placed together; counted in frames of 20 ms.
    public var start = Duration.zero
    /// The app that the call belongs to.
    public var app = "4346423A"
    /// The caller's name.
    public var callerName = ""
    /// The caller's number.
    public var callerNumber = "+33123456789"
    /// The number that was called.
    public var number = "+33612345678"
    /// The custom field of the call's record.
    public var customField = ""
    /// When the call began, UTC, `YYYY-MM-DD hh:mm:ss`; the same each time, so that a call can be repeated exactly.
    public var dateStarted = "2012-01-09 17:27:55"
    /// Who a `dialout` can reach, by number; nobody else answers.
    public var callees: [String: Callee] = [:]
    /// Whether `variables` and `command_id` that an answer leaves out are those of the answer before it; otherwise they are `{}`
    /// and 0, since the platform's page says of none but those that an answer carries that they come back.
    public var keepsState = false
    /// How long the handler may take to answer, in real time.
    public var patience = Duration.seconds(5)
    /// How often a request is sent again if the connection is lost or the status is 5xx: not at all, as the platform's page has it.
    public var retries = 0
    /// The most retries there can be.
    public static let maximumRetries = 10
    /// Is told what happens as it happens.
    public var observer: (@Sendable (Transcript.Event) -> Void)?
    /// Is told what commands that listen for a voice hear, frame by frame.
    package var hearingObserver: Hearing.Observer?
    /// Whether what was said and heard is kept to the end; without it a call of any length takes little memory.
    public var keepsAudio = true
    /// Where the connection to the handler is served.
    public var eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    /// The most commands a call may have; a handler that sends more would never end it.
    public var maximumCommands = 1000

    /// An inbound call whose caller says nothing.
    public init(_ handler: HandlerAddress, sounds: Sounds) {
        self.handler = handler
        self.sounds = sounds
    }

    /// When the call begins, in samples, at the beginning of a frame.
    var startSample: Int { start.samples / SimulatedCall.frameLength * SimulatedCall.frameLength }
}
