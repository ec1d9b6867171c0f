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
    /// - Returns: a talkspurt that was decided about with this frame.
    mutating func add(isSilent: Bool, sampleCount: Int) -> Talkspurt?

    /// Takes as many of `count` frames like the last one as change nothing but the time, and returns how many.
    ///
    /// It makes long talk and long silence cheap; to return 0 is always right.
    mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int

    /// Takes frames of one length until there is a verdict.
    ///
    /// - Parameters:
    ///   - frames: for each, whether it is silent.
    ///   - sampleCount: the length of each.
    ///   - trace: is given the talkspurts that were decided about.
    mutating func add(_ frames: Span<Bool>, sampleCount: Int, trace: ((Talkspurt) -> Void)?)

    /// Takes the end of the audio, after which there is a verdict.
    mutating func finish() -> Talkspurt?
}

extension DetectionRule {
    /// Takes frames one by one, but for those that change nothing.
    public mutating func add(_ frames: Span<Bool>, sampleCount: Int, trace: ((Talkspurt) -> Void)?) {
        var index = 0
        while index < frames.count {
            let isSilent = frames[unchecked: index]
            let talkspurt = add(isSilent: isSilent, sampleCount: sampleCount)
            if let talkspurt, let trace { trace(talkspurt) }
            if verdict != nil { return }
            index += 1
            let run = frames.run(of: isSilent, from: index)
            if run > 0 { index += skip(isSilent: isSilent, sampleCount: sampleCount, count: run) }
        }
    }

    /// Skips nothing.
    public mutating func skip(isSilent: Bool, sampleCount: Int, count: Int) -> Int { 0 }
}

extension Span<Bool> {
    /// How many elements from an index on have a value.
    fileprivate func run(of value: Bool, from start: Int) -> Int {
        withUnsafeBufferPointer { elements in
            let bytes = UnsafeRawBufferPointer(elements)
            let pattern: UInt64 = value ? 0x0101_0101_0101_0101 : 0
            var index = start
            while index + 8 <= bytes.count, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) == pattern {
                index += 8
            }
            while index < elements.count, elements[index] == value { index += 1 }
            return index - start
        }
    }
}
