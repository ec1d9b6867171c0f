import AudioConversion
import CommandArguments
import QuickCommands
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// The options that say what to tune for.
struct PriceArguments: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What TALK costs where there is no talk, 0...1000.", valueName: "price"))
    var costFalseTalk = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What 0 costs where there is talk, 0...1000.", valueName: "price"))
    var costMissed = 1.0

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What each second until talk is found costs; sixty must not cost more than a missed talk.",
            valueName: "price"))
    var costSecond = 0.01

    @Option(
        help: ArgumentHelp(
            "The platform's threshold is one of these mean magnitudes, 0...32768, between commas (default: 128,181,256,362,512,724,1024). With adaptive among them, as in adaptive,512, the adaptive classifier is compared with the others.",
            valueName: "list"),
        transform: ThresholdList.init)
    var thresholds = ThresholdList(magnitudes: TuningOptions.standardThresholds, hasAdaptive: false)

    @Option(
        help: ArgumentHelp(
            "The prompt that will be played meanwhile: listening ends with it (default: one that is longer than every recording).",
            valueName: "file"),
        completion: .file())
    var media: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long that prompt lasts, in milliseconds, 20...86400000, instead of the prompt itself.", valueName: "ms"
        ))
    var mediaMs: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The least silence_ms that is recommended, in milliseconds, 0...5000, since shorter pauses lie within words.",
            valueName: "ms"))
    var leastSilence = 200

    @Option(help: ArgumentHelp("What decides which recordings are held out.", valueName: "number"))
    var seed: UInt64 = 1

    func validate() throws {
        if media != nil, mediaMs != nil {
            throw ValidationError("--media and --media-ms say the same; give one of them")
        }
        guard (0...5000).contains(leastSilence) else {
            throw ValidationError("--least-silence \(leastSilence): must lie in 0...5000 ms")
        }
        if let mediaMs, !(20...86_400_000).contains(mediaMs) {
            throw ValidationError("--media-ms \(mediaMs): must lie in 20...86400000 ms")
        }
        do throws(TuningError) {
            for classifier in thresholds.classifiers { _ = try options(classifier, media: nil) }
        } catch {
            throw ValidationError("\(error.advised)")
        }
    }

    /// How long the prompt lasts; nil if nothing is said of it.
    func mediaLength() throws(ConversionError) -> Duration? {
        guard let media else { return mediaMs.map { .milliseconds($0) } }
        return try AudioConverter().convert(.file(media)) { _ in }.duration
    }

    /// The options as the library takes them.
    ///
    /// - Parameters:
    ///   - classifier: one of those that are compared.
    ///   - least: no shorter `silence_ms` is looked for by any of them.
    func options(
        _ classifier: TuningOptions.Classifier, media: Duration?, least: Duration = .zero
    ) throws(TuningError) -> TuningOptions {
        try TuningOptions(
            prices: Prices(falseTalk: costFalseTalk, missed: costMissed, second: costSecond),
            classifier: classifier, media: media, leastSilence: max(least, .milliseconds(leastSilence)),
            seed: seed)
    }
}

/// Thresholds, the adaptive classifier, or both, which are compared then.
struct ThresholdList {
    let magnitudes: [MeanMagnitude]
    let hasAdaptive: Bool

    init(magnitudes: [MeanMagnitude], hasAdaptive: Bool) {
        self.magnitudes = magnitudes
        self.hasAdaptive = hasAdaptive
    }

    /// - Throws: a `ValidationError` if the text is no list of them.
    init(_ text: String) throws {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.filter { $0 != "adaptive" }.map { Int($0).flatMap { MeanMagnitude(rawValue: $0) } }
        guard !numbers.contains(nil), parts.count - numbers.count < 2 else {
            throw ValidationError(
                "must be mean magnitudes in 0...32768 between commas, as in 256,512, and adaptive once")
        }
        self.init(magnitudes: numbers.compactMap { $0 }, hasAdaptive: parts.count > numbers.count)
    }

    /// What tells talk from silence: the adaptive classifier, and all thresholds together.
    var classifiers: [TuningOptions.Classifier] {
        (hasAdaptive ? [.adaptive] : []) + (magnitudes.isEmpty ? [] : [.thresholds(magnitudes)])
    }
}
