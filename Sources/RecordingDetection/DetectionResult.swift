package import AudioConversion
import Files
package import Presentation
package import TalkDetection
import TelephonyAudio

/// What was detected in a file.
package struct DetectionResult: Sendable {
    /// A talkspurt or a tone, and what to say about it.
    package struct Item: Sendable {
        package let start: Duration
        package let length: Duration
        package let silence: Duration?
        package let leadingPause: Duration?
        package let qualifies: Bool
        package let key: Character?
        package let text: String
        package let reason: String

        /// The sign for it in a strip and in a list.
        package var mark: Character { key ?? (qualifies ? "=" : "-") }

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

    package let detection: Detection
    /// What messages call the recording.
    package let file: String
    private let sourceStem: String
    /// What the command would answer; nil where it is keys that are looked for.
    package var answer: Verdict.Result?
    package var decided: Duration?
    package var talk: Duration?
    /// What `record` would keep.
    package var kept: Duration?
    /// Why answering machine detection decided as it did.
    package var cause: AnsweringMachineRule.Cause?
    package var talkspurts: [Item] = []
    package var picture: SoundPicture
    /// The level of the loudest frame, where it was asked for.
    var loudest: UInt16?
    /// What `play_talk_detect` would answer with ``Detection/usualPause``; nil where that is not asked for.
    var withUsualPause: Verdict?
    package private(set) var duration = Duration.zero
    /// Of the recording.
    package private(set) var channelCount = 1
    package private(set) var warnings: [ConversionReport.Warning] = []

    init(_ detection: Detection, _ source: AudioSource) {
        self.detection = detection
        file = source.name
        sourceStem =
            switch source {
            case .file(let path): PathName(path).stem
            case .descriptor, .bytes: "stdin"
            }
        picture = SoundPicture(
            detection.detail, frameLength: detection.frameLength,
            keepsProbabilities: detection.keepsProbabilities && detection.classifier == .adaptive)
    }

    /// A result about a recording that has been measured.
    ///
    /// - Parameters:
    ///   - detection: what is asked for.
    ///   - file: what messages call the recording.
    ///   - duration: how long it is.
    ///   - warnings: what was found when it was read.
    package init(
        _ detection: Detection, file: String, duration: Duration, warnings: [ConversionReport.Warning]
    ) {
        self.detection = detection
        self.file = file
        sourceStem = PathName(file).stem
        picture = SoundPicture(.nothing, frameLength: detection.frameLength)
        self.duration = duration
        self.warnings = warnings
    }

    mutating func finish(_ report: ConversionReport) {
        picture.finish()
        loudest = picture.levels.max()
        duration = report.duration
        channelCount = report.channels
        warnings = report.warnings
    }

    /// The result as it is shown: the command's, or the keys.
    package var result: String { answer?.rawValue ?? String(talkspurts.compactMap(\.key)) }

    /// The limits of the command's time that fall into the recording and are not its decision, with their names.
    package var limits: [(instant: Duration, name: String)] {
        detection.limits.filter { $0.instant < duration && $0.instant != decided }
    }

    /// The last instant that can matter; nil if all do.
    package var lastInstant: Duration? {
        switch detection.command {
        case .playTalkDetect: detection.limits.map(\.instant).min()
        case .waitForSilence, .record, .amd: decided
        case .dtmf, .activity: nil
        }
    }

    /// What the command would answer, when, and why, as in `TALK at 1.24 s: 480 ms of talk, then silence`.
    package var verdict: String {
        let instant = decided.map { " at \($0.inSeconds)" } ?? ""
        return "\(result.isEmpty ? "nothing" : result)\(instant): \(explanation)"
    }

    /// The file, the channel if one was chosen, and the verdict, in one line.
    package var line: String { "\(place): \(verdict)" }

    /// The same, and what another pause would change.
    package var briefLine: String {
        guard let usual = withUsualPause, usual.result != answer, let text = usualPauseText else { return line }
        return "\(line) (\(text))"
    }

    /// The result and its instant, as in `TALK 1.24 s`.
    package var shortVerdict: String {
        (result.isEmpty ? "nothing" : result) + (decided.map { " \($0.inSeconds)" } ?? "")
    }

    /// The file, and the channel if one was chosen.
    package var place: String { channelName.map { "\(file) (\($0))" } ?? file }

    /// What the channel is called that was chosen; nil if none was, or if there is but one.
    private var channelName: String? { detection.channel.flatMap { ChannelChoice.name($0, of: channelCount) } }

    /// What files that belong to the recording are called after.
    package var stem: String {
        guard detection.isOfEachChannel, channelCount > 1, let channel = detection.channel else { return sourceStem }
        return "\(sourceStem)-\(channel)"
    }

    /// What a `silence_ms` that pauses between words do not reach would change, if it is told: `with silence_ms 500 it is 0`.
    package var usualPauseText: String? {
        guard let verdict = withUsualPause else { return nil }
        let instant = verdict.instant.map { " at \($0.inSeconds)" } ?? ""
        let talk = verdict.talk.map { ": \($0.inMilliseconds) of talk" } ?? ""
        return "with silence_ms \(Detection.usualPause.milliseconds) it is \(verdict.result.rawValue)\(instant)\(talk)"
    }

    /// How many talkspurts qualify.
    package var qualifyingCount: Int { talkspurts.count { $0.qualifies } }
}
