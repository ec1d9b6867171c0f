/// A command's rule: a state machine that takes frames, each silent or not, until it has a verdict.
///
/// A rule allocates nothing, and takes no more frames once it has its verdict.
public protocol DetectionRule: Sendable {
    /// What the command would answer; nil as long as that is open.
    var verdict: Verdict? { get }

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - isSilent: whether it is.
    ///   - sampleCount: its length.
    /// - Returns: a token that was decided about with this frame.
    mutating func add(isSilent: Bool, sampleCount: Int) -> Token?

    /// Takes frames of one length until there is a verdict.
    ///
    /// - Parameters:
    ///   - frames: for each, whether it is silent.
    ///   - sampleCount: the length of each.
    ///   - trace: is given the tokens that were decided about.
    mutating func add(_ frames: Span<Bool>, sampleCount: Int, trace: ((Token) -> Void)?)

    /// Takes the end of the audio, after which there is a verdict.
    mutating func finish() -> Token?
}

extension DetectionRule {
    /// Takes frames one by one.
    public mutating func add(_ frames: Span<Bool>, sampleCount: Int, trace: ((Token) -> Void)?) {
        for index in frames.indices {
            let token = add(isSilent: frames[unchecked: index], sampleCount: sampleCount)
            if let token, let trace { trace(token) }
            if verdict != nil { return }
        }
    }
}
