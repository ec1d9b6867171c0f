import AudioConversion
import Presentation
import TalkDetection

/// A detection, or why there is none, in JSON: every line has the same members, null where nothing is to be said.
package struct DetectRecord: Encodable {
    struct Talkspurt: Encodable {
        let startMs: Double
        let lengthMs: Double
        let silenceMs: Double?
        let leadingPauseMs: Double?
        let qualifies: Bool
        let key: String?
        let reason: String

        init(_ item: DetectionResult.Item) {
            startMs = milliseconds(item.start)
            lengthMs = milliseconds(item.length)
            silenceMs = item.silence.map(milliseconds)
            leadingPauseMs = item.leadingPause.map(milliseconds)
            qualifies = item.qualifies
            key = item.key.map(String.init)
            reason = item.reason
        }
    }

    /// What `play_talk_detect` would answer with another `silence_ms`.
    struct Other: Encodable {
        let silenceMs: Int
        let result: String
        let decidedMs: Double?
        let talkMs: Double?
    }

    /// What was measured of each frame.
    struct Frames: Encodable {
        /// Mean magnitudes, one for each `frame_ms`.
        let levels: [Int]
        /// How probable talk is, one for each 10 ms; nil where a threshold decides.
        let probabilities: [Double]?
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
    let channel: Int?
    var silenceMs: Int?
    var durationMs: Double?
    let result: String
    var decidedMs: Double?
    var talkMs: Double?
    var keptMs: Double?
    var cause: String?
    var explanation: String?
    var talkspurts: [Talkspurt] = []
    var withUsualPause: Other?
    var frames: Frames?
    var warnings: [String] = []
    var error: String?
    var code: String?

    /// What was detected.
    ///
    /// - Parameter warnings: what the user should know of the detection and the conversion, in the words of whoever tells it.
    package init(_ result: DetectionResult, warnings: [String]) {
        self.init(result.detection, file: result.file, result: result.result)
        durationMs = milliseconds(result.duration)
        decidedMs = result.decided.map(milliseconds)
        talkMs = result.talk.map(milliseconds)
        keptMs = result.kept.map(milliseconds)
        cause = result.cause?.description
        explanation = result.explanation
        talkspurts = result.talkspurts.map(Talkspurt.init)
        withUsualPause = result.withUsualPause.map { verdict in
            Other(
                silenceMs: Detection.usualPause.milliseconds, result: verdict.result.rawValue,
                decidedMs: verdict.instant.map(milliseconds), talkMs: verdict.talk.map(milliseconds))
        }
        if result.detection.keepsFrames {
            let picture = result.picture
            frames = Frames(
                levels: picture.levels.map(Int.init),
                probabilities: picture.probabilities.isEmpty
                    ? nil : picture.probabilities.map { (Double($0) * 10_000).rounded() / 10_000 })
        }
        self.warnings = warnings
    }

    /// Why nothing was.
    ///
    /// - Parameters:
    ///   - detection: what was asked for.
    ///   - file: what was read.
    ///   - result: `failed`, or `passed_over` of what is no audio in a folder.
    ///   - error: a sentence.
    ///   - code: the kind of failure.
    package init(_ detection: Detection, file: String, result: String, error: String, code: String) {
        self.init(detection, file: file, result: result)
        self.error = error
        self.code = code
    }

    private init(_ detection: Detection, file: String, result: String) {
        self.file = file
        self.result = result
        command = detection.command.rawValue
        channel = detection.channel
        silenceMs = detection.silence?.milliseconds
        rules =
            DetectionSetting.rules.commands.contains(detection.command) ? detection.rules.rawValue : nil
        // Keys are told by their tones.
        guard detection.command != .dtmf else { return }
        threshold = detection.threshold.map { .magnitude($0.rawValue) } ?? .adaptive
        frameMs = detection.frameLength / 8
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(file, forKey: .file)
        try container.encode(command, forKey: .command)
        try container.encode(rules, forKey: .rules)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(frameMs, forKey: .frameMs)
        try container.encode(channel, forKey: .channel)
        try container.encode(silenceMs, forKey: .silenceMs)
        try container.encode(durationMs, forKey: .durationMs)
        try container.encode(result, forKey: .result)
        try container.encode(decidedMs, forKey: .decidedMs)
        try container.encode(talkMs, forKey: .talkMs)
        try container.encode(keptMs, forKey: .keptMs)
        try container.encode(cause, forKey: .cause)
        try container.encode(explanation, forKey: .explanation)
        try container.encode(talkspurts, forKey: .talkspurts)
        try container.encode(withUsualPause, forKey: .withUsualPause)
        try container.encode(frames, forKey: .frames)
        try container.encode(warnings, forKey: .warnings)
        try container.encode(error, forKey: .error)
        try container.encode(code, forKey: .code)
    }

    private enum CodingKeys: CodingKey {
        case file, command, rules, threshold, frameMs, channel, silenceMs, durationMs, result, decidedMs, talkMs, keptMs
        case cause, explanation, talkspurts, withUsualPause, frames, warnings, error, code
    }
}

private func milliseconds(_ duration: Duration) -> Double { duration / .milliseconds(1) }
