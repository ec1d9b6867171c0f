/// `play_talk_detect`, by either rule set.
public struct TalkRule: DetectionRule {
    private var rule: Either

    private enum Either: Sendable {
        case asterisk(AsteriskTalkRule)
        case documented(DocumentedTalkRule)
    }

    /// A rule at the beginning of the audio.
    ///
    /// - Parameters:
    ///   - parameters: those of the command.
    ///   - rules: by which they are read.
    ///   - media: how long the media plays; nil is as long as the audio.
    public init(_ parameters: TalkParameters, rules: RuleSet, media: Duration? = nil) {
        switch rules {
        case .asterisk: rule = .asterisk(AsteriskTalkRule(parameters, media: media))
        case .documented: rule = .documented(DocumentedTalkRule(parameters, media: media))
        }
    }

    /// What the command would answer; nil as long as that is open.
    public var verdict: Verdict? {
        switch rule {
        case .asterisk(let rule): rule.verdict
        case .documented(let rule): rule.verdict
        }
    }

    /// Takes the next frame; see ``DetectionRule``.
    public mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        mutate {
            $0.add(isSilent: isSilent, sampleCount: sampleCount)
        } documented: {
            $0.add(isSilent: isSilent, sampleCount: sampleCount)
        }
    }

    /// Takes frames of one length; see ``DetectionRule``.
    public mutating func add(_ frames: Span<Bool>, sampleCount: Int, trace: ((Talkspurt) -> Void)?) {
        mutate {
            $0.add(frames, sampleCount: sampleCount, trace: trace)
        } documented: {
            $0.add(frames, sampleCount: sampleCount, trace: trace)
        }
    }

    /// Skips frames that change nothing; see ``DetectionRule``.
    public mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int {
        mutate {
            $0.skip(isSilent: isSilent, sampleCount: sampleCount, count: count)
        } documented: {
            $0.skip(isSilent: isSilent, sampleCount: sampleCount, count: count)
        }
    }

    /// Takes the end of the audio; see ``DetectionRule``.
    public mutating func finish() -> Talkspurt? {
        mutate {
            $0.finish()
        } documented: {
            $0.finish()
        }
    }

    private mutating func mutate<Result>(
        asterisk: (inout AsteriskTalkRule) -> Result,
        documented: (inout DocumentedTalkRule) -> Result
    ) -> Result {
        switch rule {
        case .asterisk(var state):
            defer { rule = .asterisk(state) }
            return asterisk(&state)
        case .documented(var state):
            defer { rule = .documented(state) }
            return documented(&state)
        }
    }
}
