public import TalkDetection
public import TelephonyAudio

/// What to tune for.
public struct TuningOptions: Sendable, Hashable {
    /// What errors and waiting cost.
    public let prices: Prices
    /// What tells talk from silence.
    public let classifier: Classifier
    /// How long the prompt lasts, with which listening ends; nil is as long as any recording.
    public let media: Duration?
    /// No shorter `silence_ms` is looked for, to 20 ms.
    public let leastSilence: Duration
    /// Of what is drawn: which recordings are held out, and the bootstrap.
    public let seed: UInt64

    /// 128...1024 in steps of 3 dB: four times below and twice over what Asterisk has by default.
    public static let standardThresholds = [128, 181, 256, 362, 512, 724, 1024].map { MeanMagnitude(rawValue: $0)! }

    /// Options.
    ///
    /// - Parameters:
    ///   - prices: what errors and waiting cost.
    ///   - classifier: what tells talk from silence; of thresholds one or more, none twice.
    ///   - media: how long the prompt lasts, 20 ms or more; nil is as long as any recording.
    ///   - leastSilence: no shorter `silence_ms` is looked for, 0...5000 ms.
    ///   - seed: of what is drawn.
    /// - Throws: `thresholds` if there are none, more than 64, or one of them twice; `media` if the prompt is too short.
    public init(
        prices: Prices, classifier: Classifier = .thresholds(standardThresholds), media: Duration? = nil,
        leastSilence: Duration = .zero, seed: UInt64 = 1
    ) throws(TuningError) {
        if let media, media < .milliseconds(20) {
            throw TuningError(.media, "media", "lasts \(media.inMilliseconds); nothing can be heard in less than 20 ms")
        }
        switch classifier {
        case .adaptive: self.classifier = .adaptive
        case .thresholds(let thresholds):
            guard !thresholds.isEmpty, Set(thresholds).count == thresholds.count else {
                throw TuningError(.thresholds, "thresholds", "must be one or more, none of them twice")
            }
            guard thresholds.count <= 64 else {
                throw TuningError(.thresholds, "thresholds", "\(thresholds.count) are given; 64 are accepted")
            }
            self.classifier = .thresholds(thresholds.sorted())
        }
        self.prices = prices
        self.media = media
        self.leastSilence = leastSilence
        self.seed = seed
    }

    /// What tells talk from silence on all recordings.
    public enum Classifier: Sendable, Hashable {
        /// The adaptive classifier, whose levels are those of ``LevelRecorder`` with `isAdaptive`.
        case adaptive
        /// Each of these, since the platform's own is not known.
        case thresholds([MeanMagnitude])

        /// In words.
        public var name: String {
            switch self {
            case .adaptive: "adaptive"
            case .thresholds(let thresholds):
                (thresholds.count == 1 ? "threshold " : "thresholds ")
                    + thresholds.map { "\($0.rawValue)" }.joined(separator: ",")
            }
        }
    }

    /// The thresholds that candidates are scored at.
    ///
    /// What the adaptive classifier calls talk has the highest level of all, and what it calls silence the lowest.
    public var thresholds: [MeanMagnitude] {
        switch classifier {
        case .adaptive: [MeanMagnitude(rawValue: 16_384)!]
        case .thresholds(let thresholds): thresholds
        }
    }

    /// The threshold that the platform is taken to have where one is needed: 512, Asterisk's default for this command, or
    /// the middle one if that is not among them.
    public var nominalThreshold: MeanMagnitude {
        let usual = MeanMagnitude(rawValue: 512)!
        return thresholds.contains(usual) ? usual : thresholds[thresholds.count / 2]
    }
}
