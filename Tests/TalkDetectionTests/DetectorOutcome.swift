import TelephonyAudio

@testable import TalkDetection

extension Duration {
    /// Samples at 8000 Hz; a duration of no whole number of them stops the test.
    var samples: Int {
        let (seconds, attoseconds) = components
        precondition(attoseconds % 125_000_000_000_000 == 0, "\(self) is no whole number of samples")
        return Int(seconds) * 8000 + Int(attoseconds / 125_000_000_000_000)
    }
}

extension Classifier {
    static func magnitude(_ magnitude: Int) -> Classifier { .threshold(MeanMagnitude(rawValue: magnitude)!) }
}

/// What a detector says of a signal, in the form of the reference.
struct DetectorOutcome<Rule: DetectionRule> {
    let outcome: ReferenceOutcome
    let talkspurts: [Talkspurt]
    let rule: Rule

    /// Feeds the signal in one piece, or in chunks cut at random.
    init(_ rule: Rule, _ samples: [Int16], threshold: Int, frameLength: Int, random: inout SplitMix64) {
        var detector = Detector(rule, classifier: .magnitude(threshold), frameLength: frameLength)
        var talkspurts: [Talkspurt] = []
        var start = 0
        while start < samples.count {
            let sizes = [0, 1, frameLength - 1, frameLength, frameLength + 1, 2 * frameLength, 1000, 5000, .max / 2]
            let end = min(samples.count, start + sizes.randomElement(using: &random)!)
            detector.add(samples.span.extracting(start..<end)) { talkspurts.append($0) }
            start = end
        }
        detector.finish { talkspurts.append($0) }
        self.init(detector, talkspurts: talkspurts)
    }

    private init(_ detector: Detector<Rule>, talkspurts: [Talkspurt]) {
        let verdict = detector.verdict!
        var outcome = ReferenceOutcome(result: verdict.result.rawValue, decided: verdict.instant?.samples)
        if detector.rule is TalkRule { outcome.talk = verdict.talk?.samples }
        if let rule = detector.rule as? RecordingRule { outcome.kept = rule.kept.samples }
        if let rule = detector.rule as? AnsweringMachineRule { outcome.cause = rule.cause?.description ?? "" }
        self.outcome = outcome
        self.talkspurts = talkspurts
        rule = detector.rule
    }
}
