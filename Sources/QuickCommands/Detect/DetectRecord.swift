import AudioConversion
import TalkDetection

/// A detection, or why there is none, in JSON: every line has the same members, null where nothing is to be said.
struct DetectRecord: Encodable {
    struct Talkspurt: Encodable {
        let startMs: Double
        let lengthMs: Double
        let silenceMs: Double?
        let leadingPauseMs: Double?
        let qualifies: Bool
        let key: String?
        let reason: String
    }

    /// What is silent: below a mean magnitude, or what the adaptive classifier says is.
    enum Threshold: Encodable {
        case magnitude(Int)
        case adaptive

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .magnitude(let value): try container.encode(value)
            case .adaptive: try container.encode("adaptive")
            }
        }
    }

    let file: String
    let command: String
    var rules: String?
    var threshold: Threshold?
    var frameMs: Int?
    var durationMs: Double?
    let result: String
    var decidedMs: Double?
    var talkMs: Double?
    var keptMs: Double?
    var cause: String?
    var explanation: String?
    var talkspurts: [Talkspurt] = []
    var warnings: [String] = []
    var error: String?
    var code: String?

    /// What was detected.
    init(_ result: DetectionResult) {
        self.init(result.detection, file: result.file, result: result.result)
        durationMs = milliseconds(result.duration)
        decidedMs = result.decided.map(milliseconds)
        talkMs = result.talk.map(milliseconds)
        keptMs = result.kept.map(milliseconds)
        cause = result.cause?.description
        explanation = result.explanation
        talkspurts = result.talkspurts.map { item in
            Talkspurt(
                startMs: milliseconds(item.start), lengthMs: milliseconds(item.length),
                silenceMs: item.silence.map(milliseconds), leadingPauseMs: item.leadingPause.map(milliseconds),
                qualifies: item.qualifies, key: item.key.map(String.init), reason: item.reason)
        }
        warnings = result.warnings
    }

    /// Why nothing was.
    init(_ failure: FailureRecord, of detection: Detection) {
        self.init(detection, file: failure.file, result: failure.result)
        error = failure.error
        code = failure.code
    }

    private init(_ detection: Detection, file: String, result: String) {
        self.file = file
        self.result = result
        command = detection.command.rawValue
        rules =
            [.playTalkDetect, .waitForSilence, .record].contains(detection.command) ? detection.rules.rawValue : nil
        // Keys are told by their tones.
        guard detection.command != .dtmf else { return }
        threshold = detection.threshold.map { .magnitude($0.rawValue) } ?? .adaptive
        frameMs = detection.frameLength / 8
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(command, forKey: .command)
        try container.encode(rules, forKey: .rules)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(frameMs, forKey: .frameMs)
        try container.encode(durationMs, forKey: .durationMs)
        try container.encode(result, forKey: .result)
        try container.encode(decidedMs, forKey: .decidedMs)
        try container.encode(talkMs, forKey: .talkMs)
        try container.encode(keptMs, forKey: .keptMs)
        try container.encode(cause, forKey: .cause)
        try container.encode(explanation, forKey: .explanation)
        try container.encode(talkspurts, forKey: .talkspurts)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(error, forKey: .error)
        try container.encode(code, forKey: .code)
    }

    private enum CodingKeys: CodingKey {
        case file, command, rules, threshold, frameMs, durationMs, result, decidedMs, talkMs, keptMs, cause, explanation
        case talkspurts, warnings, error, code
    }
}

private func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
