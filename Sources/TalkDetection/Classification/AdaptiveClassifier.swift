import CTelephonyKernels

/// Tells talk from silence, noise, tones and music, whatever their level.
///
/// ```swift
/// var classifier = AdaptiveClassifier()
/// classifier.add(audio.samples.span) { probabilities in for index in probabilities.indices { print(probabilities[index]) } }
/// classifier.finish { probabilities in ... }
/// ```
///
/// A small recurrent network listens to the spectrum over its noise floor, which it follows, and answers for each 10 ms of
/// the stream how probable talk is. It hears 200 ms ahead: an answer comes with the hop of 20 ms that ends 220 ms after
/// the hop it belongs to has begun. How well it does, and how that was measured, is told in `Tests/DetectionCorpus`.
///
/// The answers do not depend on how the stream is cut into calls. Allocates nothing.
public struct AdaptiveClassifier: Sendable {
    /// How many samples an answer stands for: 10 ms.
    public static let partLength = 80
    /// From this probability on it is talk; chosen on development clips.
    public static let threshold: Float = 0.5

    private static let hopLength = 160
    private static let windowLength = 256
    /// Hops that the network hears ahead.
    private static let lookAhead = 10

    private var state = tk_talk_state()
    /// The last samples, the newest at `end`; those before the stream begins are 0.
    private var window = InlineArray<256, Int16>(repeating: 0)
    private var end = windowLength - hopLength
    /// Of the stream, taken and answered for so far.
    private var sampleCount = 0
    private var hopCount = 0

    /// A classifier at the beginning of a stream.
    public init() {}

    /// Takes samples, and hands on the answers that they allow.
    ///
    /// - Parameters:
    ///   - samples: the next of the stream at 8000 Hz, of any number.
    ///   - body: is given probabilities of talk, 0...1, one for each 10 ms, up to 64 at a time.
    /// - Complexity: O(*n*), some 1.4 µs for 20 ms with AVX2.
    public mutating func add<Failure: Error>(
        _ samples: Span<Int16>,
        _ body: (Span<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = samples
        var answers = InlineArray<64, Float>(repeating: 0)
        while !rest.isEmpty {
            var answerCount = 0
            while !rest.isEmpty, answerCount < answers.count {
                take(&rest)
                if end == Self.windowLength, let (first, second) = answer() {
                    (answers[answerCount], answers[answerCount + 1]) = (first, second)
                    answerCount += 2
                }
            }
            if answerCount > 0 { try body(answers.span.extracting(first: answerCount)) }
        }
    }

    /// Takes the end of the stream, as if silence followed it, and hands on the answers that are missing.
    ///
    /// - Parameter body: is given probabilities; the last one may stand for less than 10 ms.
    public mutating func finish<Failure: Error>(_ body: (Span<Float>) throws(Failure) -> Void) throws(Failure) {
        let partCount = (sampleCount + Self.partLength - 1) / Self.partLength
        let silence = InlineArray<160, Int16>(repeating: 0)
        var answered = max(0, hopCount - Self.lookAhead) * 2
        while answered < partCount {
            try add(silence.span.extracting(first: Self.windowLength - end)) { (answers) throws(Failure) in
                let count = min(answers.count, partCount - answered)
                answered += count
                try body(answers.extracting(first: count))
            }
        }
        self = AdaptiveClassifier()
    }

    /// Fills the window from the beginning of some samples.
    private mutating func take(_ samples: inout Span<Int16>) {
        let count = min(samples.count, Self.windowLength - end)
        for index in 0..<count { window[unchecked: end + index] = samples[unchecked: index] }
        samples = samples.extracting(droppingFirst: count)
        end += count
        sampleCount += count
    }

    /// Lets the network hear the hop that the window ends with; its answers for both halves of an earlier hop.
    private mutating func answer() -> (Float, Float)? {
        let answers = Self.hear(window.span, &state)
        end = Self.windowLength - Self.hopLength
        for index in 0..<end { window[unchecked: index] = window[unchecked: index + Self.hopLength] }
        hopCount += 1
        return hopCount > Self.lookAhead ? answers : nil
    }

    private static func hear(_ window: Span<Int16>, _ state: inout tk_talk_state) -> (Float, Float) {
        var answers = InlineArray<2, Float>(repeating: 0)
        var answersSpan = answers.mutableSpan
        adaptiveWeights.withUnsafeBytes { weights in
            window.withUnsafeBufferPointer { window in
                answersSpan.withUnsafeMutableBufferPointer { answers in
                    let weights = weights.assumingMemoryBound(to: tk_talk_weights.self)
                    tk_talk_hop(weights.baseAddress!, &state, window.baseAddress!, answers.baseAddress!)
                }
            }
        }
        return (answers[0], answers[1])
    }
}
