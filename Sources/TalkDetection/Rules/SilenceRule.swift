public import RealTimeAPI
import TelephonyAudio

/// The parameters of `wait_for_silence`.
public struct SilenceParameters: Sendable, Hashable {
    /// `silence_ms`: how long it has to be silent.
    public let silence: Duration
    /// `iterations`: how many such silences there have to be; one long silence may count as several.
    public let iterations: Int
    /// `timeout`: when to give up; zero is never.
    public let timeout: Duration

    /// Parameters, in the ranges of `WaitForSilence`, whose defaults they have.
    ///
    /// - Parameters:
    ///   - silence: `silence_ms`, whole milliseconds in 1...5000.
    ///   - iterations: 1...10.
    ///   - timeout: whole seconds in 0...300; 0 is no limit.
    /// - Throws: an error that names the field that is out of range.
    public init(
        silence: Duration = WaitForSilence.silence.default, iterations: Int = WaitForSilence.iterations.default,
        timeout: Duration = WaitForSilence.timeout.default
    ) throws(DetectionError) {
        try WaitForSilence.silence.check(silence)
        try WaitForSilence.timeout.check(timeout)
        try WaitForSilence.iterations.check(iterations)
        self.silence = silence
        self.iterations = iterations
        self.timeout = timeout
    }

    /// The parameters of a command: just those of one that was validated, and otherwise the nearest that are in range.
    public init(clamping command: WaitForSilence) {
        silence = WaitForSilence.silence.clamping(command.silence)
        iterations = WaitForSilence.iterations.clamping(command.iterations)
        timeout = WaitForSilence.timeout.clamping(command.timeout)
    }
}

extension SilenceParameters: CustomStringConvertible {
    /// By their names on the wire, as in `silence_ms 500, iterations 1, timeout 0`.
    public var description: String {
        [
            WaitForSilence.silence.text(silence), WaitForSilence.iterations.text(iterations),
            WaitForSilence.timeout.text(timeout),
        ].joined(separator: ", ")
    }
}

/// `wait_for_silence`, as Asterisk's WaitForSilence decides it (app_waitforsilence.c), or by the page's words.
///
/// Each iteration wants its own silence. Asterisk counts whole frames, and looks at the time after each; documented, the
/// instants of silence and timeout may lie within a frame. Silence wins over a timeout at the same instant. A frame is a packet:
/// ``PacketClock`` says when it comes.
public struct SilenceRule: DetectionRule {
    private let parameters: SilenceParameters
    private let rules: RuleSet
    private let clock: PacketClock
    /// In samples.
    private let wanted: Int
    private let timeout: Int

    private var pauses = PauseMeter()
    /// Since when Asterisk has been waiting for the next packet, in samples.
    private var waitStart = 0
    // Asterisk: milliseconds of silence in this iteration. Documented: where the silence of this iteration begins.
    private var silence = 0
    private var iteration = 1
    /// How an iteration was met in the pause that goes on; nil if none was.
    private var met: Met?
    /// What the command would answer; nil as long as that is open.
    public private(set) var verdict: Verdict?

    private enum Met { case silence, missingPacket }

    /// A rule at the beginning of the audio.
    ///
    /// - Parameters:
    ///   - parameters: those of the command.
    ///   - rules: by which they are read.
    ///   - clock: when packets come, by Asterisk's rules.
    public init(_ parameters: SilenceParameters, rules: RuleSet, clock: PacketClock = .live) {
        self.parameters = parameters
        self.rules = rules
        self.clock = clock
        wanted = parameters.silence.milliseconds * 8
        timeout = parameters.timeout == .zero ? .max : parameters.timeout.milliseconds * 8
    }

    /// Takes the next frame; see ``DetectionRule``.
    public mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        if rules == .asterisk, clock == .live { waitForPacket(until: pauses.position + sampleCount) }
        guard verdict == nil else { return pauses.talkEnd > pauses.talkStart ? pauses.talkspurt(outcome) : nil }
        var talkspurt = pauses.add(isSilent: isSilent, sampleCount: sampleCount, outcome: outcome)
        if let ended = talkspurt, ended.length == .zero, ended.silence == .zero { talkspurt = nil }
        if !isSilent { met = nil }
        switch rules {
        case .asterisk: addToAsterisk(isSilent: isSilent, sampleCount: sampleCount)
        case .documented: addToDocumented(isSilent: isSilent)
        }
        return verdict == nil ? talkspurt : pauses.talkspurt(outcome)
    }

    /// What becomes of the talk before the pause that goes on.
    private var outcome: Talkspurt.Outcome {
        switch met {
        case .silence: .silent(iteration: iteration - 1, of: parameters.iterations, wanted: parameters.silence)
        case .missingPacket:
            .noPacket(iteration: iteration - 1, of: parameters.iterations, wanted: parameters.silence)
        case nil: .tooLittleSilence(wanted: parameters.silence)
        }
    }

    /// Meets an iteration for each `silence_ms` that passes before the next packet comes.
    private mutating func waitForPacket(until instant: Int) {
        while verdict == nil, waitStart + wanted <= instant {
            waitStart += wanted
            meet(at: waitStart, .missingPacket)
            silence = 0
        }
        waitStart = instant
    }

    /// Takes the end of the audio; see ``DetectionRule``.
    public mutating func finish() -> Talkspurt? {
        guard verdict == nil else { return nil }
        verdict = Verdict(.hangup, at: Duration(samples: pauses.position))
        return pauses.talkspurt(met == nil ? .audioOver : outcome)
    }

    private mutating func addToAsterisk(isSilent: Bool, sampleCount: Int) {
        silence = isSilent ? silence + sampleCount / 8 : 0
        if silence * 8 >= wanted {
            meet(at: pauses.position, .silence)
            silence = 0
        } else if pauses.position >= timeout {
            verdict = Verdict(.timeout, at: Duration(samples: pauses.position))
        }
    }

    private mutating func addToDocumented(isSilent: Bool) {
        if !isSilent { silence = pauses.position }
        while isSilent, verdict == nil, silence + wanted <= min(pauses.position, timeout) {
            silence += wanted
            meet(at: silence, .silence)
        }
        if verdict == nil, pauses.position >= timeout { verdict = Verdict(.timeout, at: Duration(samples: timeout)) }
    }

    /// An iteration is met.
    private mutating func meet(at instant: Int, _ how: Met) {
        if iteration == parameters.iterations { verdict = Verdict(.silence, at: Duration(samples: instant)) }
        iteration += 1
        met = how
    }
}
