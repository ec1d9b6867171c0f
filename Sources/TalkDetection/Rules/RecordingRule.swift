public import RealTimeAPI
import TelephonyAudio

/// The parameters of `record`.
public struct RecordingParameters: Sendable, Hashable {
    /// `silence`: how much of it ends the recording; zero is none.
    public let silence: Duration
    /// `max_duration`: the longest recording; zero is no limit.
    public let maximumDuration: Duration

    /// Parameters, in the ranges of `Record`.
    ///
    /// - Parameters:
    ///   - silence: whole seconds in 0...20; 0 is not to listen for silence.
    ///   - maximumDuration: `max_duration`, whole seconds in 0...300; 0 is no limit.
    /// - Throws: an error that names the field that is out of range.
    public init(silence: Duration, maximumDuration: Duration) throws(DetectionError) {
        try Record.silence.check(silence)
        try Record.maximumDuration.check(maximumDuration)
        self.silence = silence
        self.maximumDuration = maximumDuration
    }

    /// The parameters of a command: just those of one that was validated, and otherwise the nearest that are in range.
    public init(clamping command: Record) {
        silence = Record.silence.clamping(command.silence)
        maximumDuration = Record.maximumDuration.clamping(command.maximumDuration)
    }
}

extension RecordingParameters: CustomStringConvertible {
    /// By their names on the wire, as in `silence 3, max_duration 60`.
    public var description: String {
        "\(Record.silence.text(silence)), \(Record.maximumDuration.text(maximumDuration))"
    }
}

/// The end of `record`, as Asterisk's Record decides it (app_record.c), or by the page's words.
///
/// Asterisk ends after the first frame with more silence than `silence`, or at `max_duration`, without the frame that
/// is not over by then; what it keeps of a recording that silence ended is cut by `silence` less one second. By the
/// page's words the recording ends at the instant the silence has lasted `silence`, or the duration is reached, and all
/// is kept. Silence wins over the limit.
public struct RecordingRule: DetectionRule {
    private let parameters: RecordingParameters
    private let rules: RuleSet
    /// In samples.
    private let wanted: Int
    private let limit: Int

    private var pauses = PauseMeter()
    /// In milliseconds.
    private var silence = 0
    /// What the command would answer; nil as long as that is open.
    public private(set) var verdict: Verdict?
    /// What is kept of the recording; meaningful once there is a verdict.
    public private(set) var kept = Duration.zero

    /// A rule at the beginning of the audio.
    public init(_ parameters: RecordingParameters, rules: RuleSet) {
        self.parameters = parameters
        self.rules = rules
        wanted = parameters.silence == .zero ? .max : parameters.silence.milliseconds * 8
        limit = parameters.maximumDuration == .zero ? .max : parameters.maximumDuration.milliseconds * 8
    }

    /// Takes the next frame; see ``DetectionRule``.
    public mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        let tooLittle = tooLittle
        let talkspurt = pauses.add(isSilent: isSilent, sampleCount: sampleCount, outcome: tooLittle)
        switch rules {
        case .asterisk: addToAsterisk(isSilent: isSilent, sampleCount: sampleCount)
        case .documented: addToDocumented(isSilent: isSilent)
        }
        guard let verdict else { return talkspurt }
        return pauses.talkspurt(verdict.result == .silence ? .qualifies : tooLittle)
    }

    /// Why silence that did not end the recording did not.
    private var tooLittle: Talkspurt.Outcome {
        if parameters.silence == .zero { return .silenceIgnored }
        return rules == .asterisk
            ? .noMoreSilence(than: parameters.silence) : .tooLittleSilence(wanted: parameters.silence)
    }

    /// Takes the key `#`, which ends the recording; Asterisk cuts a quarter of a second, for the tone.
    mutating func addHash() {
        guard verdict == nil else { return }
        let cut = rules == .asterisk ? min(pauses.position, 250 * 8) : 0
        end(.hash, at: pauses.position, kept: pauses.position - cut)
    }

    /// Takes the end of the audio; see ``DetectionRule``.
    public mutating func finish() -> Talkspurt? {
        guard verdict == nil else { return nil }
        end(.hangup, at: pauses.position, kept: pauses.position)
        return pauses.talkspurt(.audioOver)
    }

    private mutating func addToAsterisk(isSilent: Bool, sampleCount: Int) {
        silence = isSilent ? silence + sampleCount / 8 : 0
        let position = pauses.position
        if position > limit {
            end(.timeout, at: limit, kept: position - sampleCount)
        } else if wanted < .max, silence * 8 > wanted {
            end(.silence, at: position, kept: max(0, position - (wanted - 8000)))
        } else if position == limit {
            end(.timeout, at: limit, kept: limit)
        }
    }

    private mutating func addToDocumented(isSilent: Bool) {
        if isSilent, pauses.pause >= wanted, pauses.talkEnd + wanted <= limit {
            end(.silence, at: pauses.talkEnd + wanted, kept: pauses.talkEnd + wanted)
        } else if pauses.position >= limit {
            end(.timeout, at: limit, kept: limit)
        }
    }

    private mutating func end(_ result: Verdict.Result, at instant: Int, kept: Int) {
        verdict = Verdict(result, at: Duration(samples: instant))
        self.kept = Duration(samples: kept)
    }
}
