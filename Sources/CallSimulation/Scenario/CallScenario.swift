public import RealTimeAPI
public import TelephonyAudio

/// Calls to a handler: what the callers do, and what is expected of the handler.
///
/// A scenario is made in code or read from a file, run, compared, and written as a file:
///
/// ```swift
/// var scenario = CallScenario("presses 1")
/// scenario.calls[0].caller.steps = [.init(.asked, .keys([DTMFKey("1")!]))]
/// scenario.calls[0].expectation.commands = [.init("read", result: TextPattern(whole: "1"))]
/// let report = try await scenario.run(as: CallSetup(handler, sounds: sounds))
/// print(report.isPassed, report.text)
/// print(scenario.yaml)
/// ```
public struct CallScenario: Sendable, Hashable {
    /// What reports call it.
    public var name: String
    /// The calls; one at least, and of different names if there are several.
    public var calls = [Call()]
    /// Who a `dialout` can reach, by number; nobody else answers.
    public var callees: [String: Party] = [:]
    /// When rooms are closed.
    public var closings: [RoomClosing] = []
    /// The folder with the Media Library, as a scenario file names it; nil for the one that is given when it is run.
    public var media: String?
    /// The voice of callers and callees, by the name of a local voice or of one of the platform's.
    public var voice = "en"
    /// What is before the names of files; empty, or with a `/` at its end.
    public var folder = ""

    /// A scenario of one call, whose caller does nothing.
    public init(_ name: String) { self.name = name }
}

extension CallScenario {
    /// A call.
    public struct Call: Sendable, Hashable {
        /// What reports call it; empty for the only one.
        public var name = ""
        /// When it begins, since the first one did.
        public var start = Duration.zero
        /// Its id; nil for one that no other call has.
        public var id: CallID?
        /// The app that it belongs to; nil for the usual one, as all that follows.
        public var app: String?
        /// The number that was called.
        public var number: String?
        /// The caller's number.
        public var callerNumber: String?
        /// The caller's name.
        public var callerName: String?
        /// The custom field of the call's record.
        public var customField: String?
        /// When it began, `YYYY-MM-DD hh:mm:ss`.
        public var dateStarted: String?
        /// What the handler is sent with the first request.
        public var variables = JSONText.emptyObject
        /// Whether the platform placed it.
        public var isOutbound = false
        /// How an outbound call ended that was never up; nil if it was answered.
        public var failure: CallStatus?
        /// When the caller hangs up at the latest; nil for the usual time.
        public var hangUpAfter: Duration?
        /// How long the handler may take for an answer; nil for the usual time.
        public var patience: Duration?
        /// How often a request is sent again after a lost connection or 5xx; nil for what the run says.
        public var retries: Int?
        /// Whether what an answer leaves out of `command_id` and `variables` is kept; nil for what the run says.
        public var keepsState: Bool?
        /// The caller.
        public var caller = Script()
        /// What is expected.
        public var expectation = Expectation()

        /// A call whose caller does nothing.
        public init() {}
    }

    /// What a caller or a callee does, in order: a step waits until those before it have come about; those that wait for a time
    /// do so beside all others.
    public struct Script: Sendable, Hashable {
        /// The steps.
        public var steps: [Step] = []
        /// The line.
        public var line = CallerLine()

        /// A script.
        public init(_ steps: [Step] = []) { self.steps = steps }
    }

    /// One thing a caller does.
    public struct Step: Sendable, Hashable {
        /// When.
        public var trigger: CallerScript.Trigger
        /// How long after that; nil for what ``CallerScript/Step/delay`` is by itself.
        public var delay: Duration?
        /// What.
        public var action: Action

        /// A step.
        public init(_ trigger: CallerScript.Trigger, _ action: Action, delay: Duration? = nil) {
            self.trigger = trigger
            self.action = action
            self.delay = delay
        }
    }

    /// What is done, before it is audio.
    public enum Action: Sendable, Hashable {
        /// A text is said; nil for the scenario's voice.
        case say(String, voice: String? = nil)
        /// A file comes from the caller, or a part of it.
        case play(String, part: Range<Duration>? = nil)
        /// Keys are pressed.
        case keys([DTMFKey])
        /// Nothing is said for a while.
        case silence(Duration)
        /// The caller hangs up.
        case hangUp
        /// The platform ends the command that begins, without executing it.
        case ends(CommandEnding)
    }

    /// Someone a `dialout` can reach.
    public struct Party: Sendable, Hashable {
        /// How they answer.
        public var answer: Callee.Answer
        /// What they do then; they hang up half a second after the last of it.
        public var script: Script

        /// Someone who answers, and does what a script says.
        public init(_ answer: Callee.Answer, _ script: Script = Script()) {
            self.answer = answer
            self.script = script
        }
    }
}
