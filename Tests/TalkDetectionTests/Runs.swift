import TelephonyAudio

@testable import TalkDetection

/// A signal in words: stretches of a constant magnitude.
enum Run {
    case talk(Int)
    case silence(Int)
    case level(Int, milliseconds: Int)

    var samples: [Int16] {
        switch self {
        case .talk(let milliseconds): Run.level(5000, milliseconds: milliseconds).samples
        case .silence(let milliseconds): Run.level(0, milliseconds: milliseconds).samples
        case .level(let magnitude, let milliseconds):
            (0..<(8 * milliseconds)).map { Int16(clamping: $0 % 2 == 0 ? -magnitude : magnitude) }
        }
    }
}

extension Detector {
    /// The verdict on a whole recording, with its talkspurts.
    static func decide(_ audio: PhoneAudio, _ detector: Detector) -> (verdict: Verdict, talkspurts: [Talkspurt]) {
        var detector = detector
        let talkspurts = detector.run(audio)
        return (detector.verdict!, talkspurts)
    }

    /// The verdict on a signal, by default in frames of 20 ms and with the threshold of the command in Asterisk.
    static func decide(
        _ runs: Run...,
        by rule: Rule,
        classifier: Classifier? = nil,
        frameLength: Int = 160
    ) -> (verdict: Verdict, talkspurts: [Talkspurt]) {
        let classifier = classifier ?? (rule is TalkRule ? .backgroundDetect : .asteriskSilence)
        let detector = Detector(rule, classifier: classifier, frameLength: frameLength)
        return decide(PhoneAudio(samples: runs.flatMap(\.samples)), detector)
    }
}

extension Verdict {
    /// As in `TALK at 540`, in milliseconds.
    var summary: String {
        "\(result.rawValue)" + (instant.map { " at \(Double($0.samples) / 8)" } ?? "").replacingSuffix(".0")
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
