public import TalkDetection
public import TelephonyAudio

/// What to tune for.
public struct TuningOptions: Sendable, Hashable {
    /// What errors and waiting cost.
    public let prices: Prices
    /// The thresholds that candidates are scored at, since the platform's own is not known.
    public let thresholds: [MeanMagnitude]
    /// Of what is drawn: which recordings are held out, and the bootstrap.
    public let seed: UInt64

    /// 128...1024 in steps of 3 dB: four times below and twice over what Asterisk has by default.
    public static let standardThresholds = [128, 181, 256, 362, 512, 724, 1024].map { MeanMagnitude(rawValue: $0)! }

    /// Options.
    ///
    /// - Parameters:
    ///   - prices: what errors and waiting cost.
    ///   - thresholds: one or more, none twice.
    ///   - seed: of what is drawn.
    /// - Throws: an error that names the option that is out of range.
    public init(
        prices: Prices, thresholds: [MeanMagnitude] = standardThresholds, seed: UInt64 = 1
    ) throws(TuningError) {
        guard !thresholds.isEmpty, Set(thresholds).count == thresholds.count else {
            throw TuningError(.usage, "--thresholds", "must be one or more, none of them twice")
        }
        guard thresholds.count <= 64 else {
            throw TuningError(.usage, "--thresholds", "\(thresholds.count) are given; 64 are accepted")
        }
        self.prices = prices
        self.thresholds = thresholds.sorted()
        self.seed = seed
    }

    /// The threshold that the platform is taken to have where one is needed: 512, Asterisk's default for this command, or
    /// the middle one if that is not among them.
    public var nominalThreshold: MeanMagnitude {
        let usual = MeanMagnitude(rawValue: 512)!
        return thresholds.contains(usual) ? usual : thresholds[thresholds.count / 2]
    }
}
