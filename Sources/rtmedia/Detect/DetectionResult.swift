import AudioConversion
import TalkDetection
import TelephonyAudio

/// What was detected in a file.
struct DetectionResult: Sendable {
    /// A token or a tone, and what to say about it.
    struct Item: Sendable {
        let start: Duration
        let length: Duration
        let silence: Duration?
        let leadingPause: Duration?
        let qualifies: Bool
        let key: Character?
        let text: String
        let reason: String

        init(_ token: Token) {
            start = token.start
            length = token.length
            silence = token.silence
            leadingPause = token.leadingPause
            qualifies = token.outcome.qualifies
            key = nil
            text = "\(token)"
            reason = "\(token.outcome)"
        }

        init(_ tone: DTMFTone) {
            start = tone.start
            length = tone.length
            silence = nil
            leadingPause = nil
            qualifies = true
            key = tone.key.character
            text = "key \(tone.key) at \(seconds(tone.start)): \(Int(tone.length / .milliseconds(1))) ms"
            reason = "key \(tone.key)"
        }
    }

    let detection: Detection
    let file: String
    var result = ""
    var decided: Duration?
    var talk: Duration?
    /// What `record` would keep.
    var kept: Duration?
    /// Asterisk's AMDCAUSE.
    var cause: String?
    var tokens: [Item] = []
    var picture: SoundPicture
    private(set) var duration = Duration.zero
    private(set) var warnings: [String] = []

    init(_ detection: Detection, file: String) {
        self.detection = detection
        self.file = file
        picture = SoundPicture(detection.detail, frameLength: detection.frameLength)
    }

    mutating func finish(_ report: ConversionReport) {
        picture.finish()
        duration = report.duration
        warnings = report.warnings
    }

    /// How many tokens qualify.
    var qualifyingCount: Int { tokens.count { $0.qualifies } }
}

/// Seconds to a hundredth, as in `2.36 s`.
func seconds(_ duration: Duration) -> String {
    let hundredths = Int((duration / .milliseconds(10)).rounded())
    let fraction = abs(hundredths) % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
}
