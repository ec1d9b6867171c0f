/// What tells talk from silence.
public enum Classifier: Sendable, Hashable {
    /// A frame is silent if its mean magnitude is below a threshold, as in Asterisk.
    case threshold(MeanMagnitude)
    /// A frame is silent if there is talk in less than half of it, by ``AdaptiveClassifier``.
    case adaptive

    /// Asterisk's threshold in BackgroundDetect, which never sets one: the detector's built-in default.
    public static let backgroundDetect = Classifier.threshold(MeanMagnitude(512))
    /// Asterisk's threshold in WaitForSilence, Record and AMD: that of dsp.conf.
    public static let asteriskSilence = Classifier.threshold(MeanMagnitude(256))
}
