import AudioConversion
import Files
import Presentation
import TalkDetection
import TelephonyAudio

/// What was detected in a file.
struct DetectionResult: Sendable {
    /// A talkspurt or a tone, and what to say about it.
    struct Item: Sendable {
        let start: Duration
        let length: Duration
        let silence: Duration?
        let leadingPause: Duration?
        let qualifies: Bool
        let key: Character?
        let text: String
        let reason: String

        /// The sign for it in a strip and in a list.
        var mark: Character { key ?? (qualifies ? "=" : "-") }

        init(_ talkspurt: Talkspurt) {
            start = talkspurt.start
            length = talkspurt.length
            silence = talkspurt.silence
            leadingPause = talkspurt.leadingPause
            qualifies = talkspurt.outcome.qualifies
            key = nil
            text = "\(talkspurt)"
            reason = "\(talkspurt.outcome)"
        }

        init(_ tone: DTMFTone) {
            start = tone.start
            length = tone.length
            silence = nil
            leadingPause = nil
            qualifies = true
            key = tone.key.character
            text = "key \(tone.key) at \(tone.start.inSeconds): \(tone.length.inMilliseconds)"
            reason = "key \(tone.key)"
        }
    }

    let detection: Detection
    /// What messages call the recording.
    let file: String
    /// What files that belong to the recording are called after.
    let stem: String
    /// What the command would answer; nil where it is keys that are looked for.
    var answer: Verdict.Result?
    var decided: Duration?
    var talk: Duration?
    /// What `record` would keep.
    var kept: Duration?
    /// Why answering machine detection decided as it did.
    var cause: AnsweringMachineRule.Cause?
    var talkspurts: [Item] = []
    var picture: SoundPicture
    private(set) var duration = Duration.zero
    private(set) var warnings: [String] = []

    init(_ detection: Detection, _ source: AudioSource) {
        self.detection = detection
        file = source.name
        stem =
            switch source {
            case .file(let path): PathName(path).stem
            case .descriptor, .bytes: "stdin"
            }
        picture = SoundPicture(detection.detail, frameLength: detection.frameLength)
    }

    mutating func finish(_ report: ConversionReport) {
        picture.finish()
        duration = report.duration
        warnings = report.warnings.map { $0.advised(.detect) }
    }

    /// The result as it is shown: the command's, or the keys.
    var result: String { answer?.rawValue ?? String(talkspurts.compactMap(\.key)) }

    /// The limits of the command's time that fall into the recording and are not its decision, with their names.
    var limits: [(instant: Duration, name: String)] {
        detection.limits.filter { $0.instant < duration && $0.instant != decided }
    }

    /// The last instant that can matter; nil if all do.
    var lastInstant: Duration? {
        switch detection.command {
        case .playTalkDetect: detection.limits.map(\.instant).min()
        case .waitForSilence, .record, .amd: decided
        case .dtmf, .activity: nil
        }
    }

    /// What the command would answer, when, and why, as in `TALK at 1.24 s: 480 ms of talk, then silence`.
    var verdict: String {
        let instant = decided.map { " at \($0.inSeconds)" } ?? ""
        return "\(result.isEmpty ? "nothing" : result)\(instant): \(explanation)"
    }

    /// The file and the verdict, in one line.
    var line: String { "\(file): \(verdict)" }

    /// How many talkspurts qualify.
    var qualifyingCount: Int { talkspurts.count { $0.qualifies } }
}
