/// Cuts a stream of samples into frames and tells which are silent.
struct FrameClassifier: Sendable {
    private var meter: FrameLevelMeter
    private let threshold: UInt16
    /// In place of the threshold, if there is one.
    private var adaptive: AdaptiveFrames?

    init(_ classifier: Classifier, frameLength: Int) {
        meter = FrameLevelMeter(frameLength: frameLength)
        switch classifier {
        case .threshold(let magnitude): threshold = UInt16(magnitude.rawValue)
        case .adaptive:
            threshold = 0
            adaptive = AdaptiveFrames(frameLength: frameLength)
        }
    }

    var frameLength: Int { meter.frameLength }

    /// Takes samples, and hands on for each frame that they decide whether it is silent, up to 256 at a time.
    mutating func add<Failure: Error>(
        _ samples: Span<Int16>,
        _ body: (Span<Bool>) throws(Failure) -> Void
    ) throws(Failure) {
        guard adaptive == nil else { return try adaptive!.add(samples, body) }
        let threshold = threshold
        try meter.add(samples) { (levels) throws(Failure) in
            var silences = InlineArray<256, Bool>(repeating: false)
            for index in levels.indices { silences[index] = levels[unchecked: index] < threshold }
            try body(silences.span.extracting(first: levels.count))
        }
    }

    /// Hands on the whole frames that are not decided yet, of which a threshold has none.
    ///
    /// - Returns: whether the samples after the last whole frame are silent, and how many they are; nil if there are none.
    mutating func finish<Failure: Error>(
        _ body: (Span<Bool>) throws(Failure) -> Void
    ) throws(Failure) -> (isSilent: Bool, sampleCount: Int)? {
        guard adaptive == nil else { return try adaptive!.finish(body) }
        return meter.finish().map { ($0.level < threshold, $0.sampleCount) }
    }
}
