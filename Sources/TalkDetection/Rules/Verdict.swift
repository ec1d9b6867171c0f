/// What a command would answer.
public struct Verdict: Sendable, Hashable {
    /// The result, as the platform and Asterisk name it.
    public enum Result: String, Sendable, Hashable, CaseIterable {
        /// `play_talk_detect`: talk was detected, and playback aborted.
        case talk = "TALK"
        /// `play_talk_detect`: the media ended without it.
        case noTalk = "0"
        /// `wait_for_silence` and `record`: there was enough silence.
        case silence = "SILENCE"
        /// `wait_for_silence` and `record`: the time was up.
        case timeout = "TIMEOUT"
        /// `record`: the key # was pressed (DTMF, in Asterisk's words).
        case hash = "DTMF"
        /// The caller was gone before a decision: the recording ended.
        case hangup = "HANGUP"
        /// Answering machine detection: a person.
        case human = "HUMAN"
        /// Answering machine detection: a machine.
        case machine = "MACHINE"
        /// Answering machine detection: the analysis time was up.
        case notSure = "NOTSURE"
    }

    /// The result.
    public let result: Result
    /// When it was decided, from the beginning of the audio; nil for ``Result/noTalk``, which comes when the media ends.
    public let instant: Duration?
    /// The length of the talk that qualified, as the rules measure it; nil if none did.
    public let talk: Duration?

    init(_ result: Result, at instant: Duration?, talk: Duration? = nil) {
        self.result = result
        self.instant = instant
        self.talk = talk
    }
}
