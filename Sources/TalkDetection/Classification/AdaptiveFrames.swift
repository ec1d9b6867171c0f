/// Cuts a stream of samples into frames and tells which are silent by the adaptive classifier.
///
/// A frame is silent if there is talk in less than half of it. It is handed on when the classifier has heard what it
/// needs, up to 220 ms after the frame's end.
struct AdaptiveFrames: Sendable {
    private let frameLength: Int
    private var classifier = AdaptiveClassifier()
    private var sampleCount = 0
    private var parts: FrameParts

    init(frameLength: Int) {
        self.frameLength = frameLength
        parts = FrameParts(frameLength: frameLength)
    }

    /// Takes samples, and hands on for each frame about which it knows now whether it is silent, up to 256 at a time.
    mutating func add<Failure: Error>(
        _ samples: Span<Int16>,
        _ body: (Span<Bool>) throws(Failure) -> Void
    ) throws(Failure) {
        sampleCount += samples.count
        try classifier.add(samples) { (answers) throws(Failure) in
            for index in answers.indices {
                let isTalk = answers[index] >= AdaptiveClassifier.threshold
                try parts.add(isTalk: isTalk, AdaptiveClassifier.partLength, body)
            }
        }
    }

    /// Hands on the frames that are missing; returns what ``FrameClassifier/finish(_:)`` does.
    mutating func finish<Failure: Error>(
        _ body: (Span<Bool>) throws(Failure) -> Void
    ) throws(Failure) -> (isSilent: Bool, sampleCount: Int)? {
        try classifier.finish { (answers) throws(Failure) in
            for index in answers.indices {
                let count = min(AdaptiveClassifier.partLength, sampleCount - parts.sampleCount)
                try parts.add(isTalk: answers[index] >= AdaptiveClassifier.threshold, count, body)
            }
        }
        defer { self = AdaptiveFrames(frameLength: frameLength) }
        return parts.rest
    }
}

/// Collects stretches of talk and of silence into frames.
private struct FrameParts: Sendable {
    let frameLength: Int
    private(set) var sampleCount = 0
    /// Of the frame that is not whole yet.
    private var count = 0
    private var talkCount = 0

    init(frameLength: Int) {
        self.frameLength = frameLength
    }

    /// Adds a stretch, and hands on the frames that it completes.
    mutating func add<Failure: Error>(
        isTalk: Bool,
        _ length: Int,
        _ body: (Span<Bool>) throws(Failure) -> Void
    ) throws(Failure) {
        var silences = InlineArray<80, Bool>(repeating: false)
        var (frameCount, rest) = (0, length)
        while rest > 0 {
            let step = min(rest, frameLength - count)
            count += step
            talkCount += isTalk ? step : 0
            rest -= step
            guard count == frameLength else { continue }
            silences[frameCount] = isSilent
            frameCount += 1
            (count, talkCount) = (0, 0)
        }
        sampleCount += length
        if frameCount > 0 { try body(silences.span.extracting(first: frameCount)) }
    }

    /// The frame that is not whole; nil if there is none.
    var rest: (isSilent: Bool, sampleCount: Int)? { count > 0 ? (isSilent, count) : nil }

    private var isSilent: Bool { 2 * talkCount < count }
}
