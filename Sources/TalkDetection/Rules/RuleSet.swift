/// Which reading of the platform's rules a detector follows.
public enum RuleSet: String, Sendable, Hashable, CaseIterable {
    /// Asterisk's, which the platform almost certainly runs: BackgroundDetect, WaitForSilence and Record, to the frame.
    case asterisk
    /// The words of the platform's page, to the sample.
    case documented
}
