import TelephonyAudio

/// The parameters of Asterisk's answering machine detection; the defaults are those of its amd.conf.
public struct AnsweringMachineParameters: Sendable, Hashable {
    /// Silence before a greeting that means a machine.
    public var initialSilence = Duration.milliseconds(2500)
    /// A greeting so long means a machine.
    public var greeting = Duration.milliseconds(1500)
    /// Silence after a greeting that means a person, who waits for an answer.
    public var afterGreetingSilence = Duration.milliseconds(800)
    /// When to give up.
    public var totalAnalysisTime = Duration.milliseconds(5000)
    /// The shortest talk that is a word.
    public var minimumWordLength = Duration.milliseconds(100)
    /// The shortest silence that ends a word.
    public var betweenWordsSilence = Duration.milliseconds(50)
    /// More words mean a machine.
    public var maximumNumberOfWords = 2
    /// A word so long means a machine.
    public var maximumWordLength = Duration.milliseconds(5000)

    /// The defaults.
    public init() {}
}

/// Answering machine detection, as Asterisk's AMD decides it (app_amd.c).
///
/// It begins inside a word: talk counts as a first word only after some silence, though it begins the greeting.
public struct AnsweringMachineRule: DetectionRule {
    private let parameters: AnsweringMachineParameters
    private var pauses = PauseMeter()
    private var isInWord = true
    private var isInGreeting = false
    private var words = 0
    /// All in milliseconds.
    private var silence = 0
    private var talk = 0
    private var consecutiveTalk = 0
    /// What the command would answer; nil as long as that is open.
    public private(set) var verdict: Verdict?
    /// Why; nil without a verdict, and if the audio ended before one.
    public private(set) var cause: Cause?

    /// A rule at the beginning of the audio.
    public init(_ parameters: AnsweringMachineParameters) {
        self.parameters = parameters
    }

    /// Takes the next frame; see ``DetectionRule``.
    public mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt? {
        guard verdict == nil else { return nil }
        let talkspurt = pauses.add(
            isSilent: isSilent, sampleCount: sampleCount,
            outcome: .tooLittleSilence(wanted: parameters.afterGreetingSilence))
        let time = pauses.position / 8
        // Before the frame is listened to, with its time: what is met just then comes too late.
        if time >= parameters.totalAnalysisTime.milliseconds {
            decide(.notSure, .tooLong(.milliseconds(time)))
        } else if isSilent {
            addSilence(sampleCount / 8)
        } else {
            addTalk(sampleCount / 8)
        }
        guard let verdict else { return talkspurt }
        return pauses.talkspurt(verdict.result == .human ? .qualifies : .decided)
    }

    /// Takes the end of the audio; see ``DetectionRule``.
    public mutating func finish() -> Talkspurt? {
        guard verdict == nil else { return nil }
        decide(.hangup, nil)
        return pauses.talkspurt(.audioOver)
    }

    private mutating func addSilence(_ milliseconds: Int) {
        silence += milliseconds
        guard silence > 0 else { return addTalk(milliseconds) }
        let initialSilence = parameters.initialSilence.milliseconds
        let afterGreeting = parameters.afterGreetingSilence.milliseconds
        if silence >= parameters.betweenWordsSilence.milliseconds { (isInWord, consecutiveTalk) = (false, 0) }
        if !isInGreeting, silence >= initialSilence {
            decide(.machine, .initialSilence(.milliseconds(silence), limit: parameters.initialSilence))
        } else if isInGreeting, silence >= afterGreeting {
            decide(.human, .human(silence: .milliseconds(silence), limit: parameters.afterGreetingSilence))
        }
    }

    private mutating func addTalk(_ milliseconds: Int) {
        silence = 0
        talk += milliseconds
        consecutiveTalk += milliseconds
        let isWord = consecutiveTalk >= parameters.minimumWordLength.milliseconds
        if isWord, !isInWord { (isInWord, words) = (true, words + 1) }
        let maximumLength = parameters.maximumWordLength.milliseconds
        let greeting = parameters.greeting.milliseconds
        if consecutiveTalk >= maximumLength {
            decide(.machine, .maximumWordLength(.milliseconds(consecutiveTalk)))
        } else if words > parameters.maximumNumberOfWords {
            decide(.machine, .maximumNumberOfWords(words, limit: parameters.maximumNumberOfWords))
        } else if isInGreeting, talk >= greeting {
            decide(.machine, .longGreeting(.milliseconds(talk), limit: parameters.greeting))
        } else if isWord {
            isInGreeting = true
        }
    }

    private mutating func decide(_ result: Verdict.Result, _ cause: Cause?) {
        let greeting = result == .human ? Duration(samples: pauses.talkEnd - pauses.talkStart) : nil
        verdict = Verdict(result, at: Duration(samples: pauses.position), talk: greeting)
        self.cause = cause
    }
}

extension AnsweringMachineRule {
    /// Why answering machine detection decides as it does: what was found, and the limit that it met.
    public enum Cause: Sendable, Hashable, CustomStringConvertible {
        /// So much silence before a greeting.
        case initialSilence(Duration, limit: Duration)
        /// So much silence after a greeting.
        case human(silence: Duration, limit: Duration)
        /// A word of such a length.
        case maximumWordLength(Duration)
        /// So many words.
        case maximumNumberOfWords(Int, limit: Int)
        /// A greeting with so much talk.
        case longGreeting(Duration, limit: Duration)
        /// No decision in such a time.
        case tooLong(Duration)

        /// Asterisk's AMDCAUSE, as in `LONGGREETING-1500-1500`.
        public var description: String {
            switch self {
            case .initialSilence(let silence, let limit):
                "INITIALSILENCE-\(silence.milliseconds)-\(limit.milliseconds)"
            case .human(let silence, let limit): "HUMAN-\(silence.milliseconds)-\(limit.milliseconds)"
            case .maximumWordLength(let length): "MAXWORDLENGTH-\(length.milliseconds)"
            case .maximumNumberOfWords(let count, let limit): "MAXWORDS-\(count)-\(limit)"
            case .longGreeting(let talk, let limit): "LONGGREETING-\(talk.milliseconds)-\(limit.milliseconds)"
            case .tooLong(let time): "TOOLONG-\(time.milliseconds)"
            }
        }
    }
}
