import TalkDetection
import TelephonyAudio

/// Tells people what was detected.
enum DetectReporter {
    /// The most tokens that are listed for a file.
    private static let listed = 12

    static func lines(_ result: DetectionResult) -> [String] {
        let detection = result.detection
        let instant = result.decided.map { " at \(seconds($0))" } ?? ""
        let verdict =
            "\(result.file): \(result.result.isEmpty ? "nothing" : result.result)\(instant): \(result.explanation)"
        return [verdict, "  \(detection.command.rawValue)\(manner(detection))"] + LevelStrip(result).lines
            + tokens(result)
    }

    /// The tokens, or of many the first, and the last that qualifies, since that decides.
    private static func tokens(_ result: DetectionResult) -> [String] {
        let lines = result.tokens.map { "  \($0.text)" }
        guard lines.count > listed else { return lines }
        let decider = result.tokens.lastIndex { $0.qualifies }.flatMap { $0 >= listed ? lines[$0] : nil }
        let more = lines.count - listed - (decider == nil ? 0 : 1)
        return lines.prefix(listed) + (more > 0 ? ["  ... and \(more) more"] : []) + (decider.map { [$0] } ?? [])
    }

    /// By which rules, as in ` by asterisk rules, frames of 20 ms, threshold 512 (-36.1 dBov)`.
    static func manner(_ detection: Detection) -> String {
        guard detection.command != .dtmf else { return " within the limits of ITU-T Q.24" }
        let rules =
            detection.command == .amd || detection.command == .activity ? "" : " by \(detection.rules.rawValue) rules"
        return "\(rules), frames of \(detection.frameLength / 8) ms, \(detection.classifierName)"
    }
}

/// A detection in JSON.
struct DetectRecord: Encodable {
    struct Token: Encodable {
        let startMs: Double
        let lengthMs: Double
        let silenceMs: Double?
        let leadingPauseMs: Double?
        let qualifies: Bool
        let key: String?
        let reason: String
    }

    let file: String
    let command: String
    let rules: String?
    /// Of the classifier; nil if it is adaptive.
    let threshold: Int?
    let frameMs: Int?
    let durationMs: Double
    let result: String
    let decidedMs: Double?
    let talkMs: Double?
    let keptMs: Double?
    let cause: String?
    let explanation: String
    let tokens: [Token]
    let warnings: [String]

    init(_ result: DetectionResult) {
        file = result.file
        command = result.detection.command.rawValue
        let detection = result.detection
        rules =
            [.playTalkDetect, .waitForSilence, .record].contains(detection.command) ? detection.rules.rawValue : nil
        threshold = result.detection.threshold?.rawValue
        frameMs = detection.command == .dtmf ? nil : detection.frameLength / 8
        durationMs = milliseconds(result.duration)
        self.result = result.result
        decidedMs = result.decided.map(milliseconds)
        talkMs = result.talk.map(milliseconds)
        keptMs = result.kept.map(milliseconds)
        cause = result.cause
        explanation = result.explanation
        tokens = result.tokens.map { item in
            Token(
                startMs: milliseconds(item.start), lengthMs: milliseconds(item.length),
                silenceMs: item.silence.map(milliseconds), leadingPauseMs: item.leadingPause.map(milliseconds),
                qualifies: item.qualifies, key: item.key.map(String.init), reason: item.reason)
        }
        warnings = result.warnings
    }

    /// `decided_ms` and `talk_ms` are there even if they are null.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(command, forKey: .command)
        try container.encodeIfPresent(rules, forKey: .rules)
        if command == DetectedCommand.dtmf.rawValue {
            // Keys are told by their tones.
        } else if let threshold {
            try container.encode(threshold, forKey: .threshold)
        } else {
            try container.encode("adaptive", forKey: .threshold)
        }
        try container.encodeIfPresent(frameMs, forKey: .frameMs)
        try container.encode(durationMs, forKey: .durationMs)
        try container.encode(result, forKey: .result)
        try container.encode(decidedMs, forKey: .decidedMs)
        try container.encode(talkMs, forKey: .talkMs)
        try container.encodeIfPresent(keptMs, forKey: .keptMs)
        try container.encodeIfPresent(cause, forKey: .cause)
        try container.encode(explanation, forKey: .explanation)
        try container.encode(tokens, forKey: .tokens)
        try container.encode(warnings, forKey: .warnings)
    }

    private enum CodingKeys: CodingKey {
        case file, command, rules, threshold, frameMs, durationMs, result, decidedMs, talkMs, keptMs, cause, explanation
        case tokens, warnings
    }
}

private func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
