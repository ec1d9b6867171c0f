import RecordingDetection
import TalkDetection

/// Tells people what was detected.
enum DetectReporter {
    /// The most talkspurts that are listed for a file.
    private static let listed = 12

    /// All about one recording: the verdict, by which rules, the strip, and why.
    ///
    /// - Parameter isLive: whether the talkspurts were told of as they came.
    static func lines(_ result: DetectionResult, isLive: Bool = false) -> [String] {
        let heading =
            [result.line] + (result.detection.summary + [result.usualPauseText].compactMap(\.self)).map { "  \($0)" }
        return heading.flatMap(wrapped) + LevelStrip(result).lines
            + (isLive ? [] : talkspurts(result).flatMap(wrapped))
    }

    /// The talkspurts, or of many the first, and the last that qualifies, since that decides.
    private static func talkspurts(_ result: DetectionResult) -> [String] {
        let lines = result.talkspurts.map { "  \($0.mark) \($0.text)" }
        guard lines.count > listed else { return lines }
        let decider = result.talkspurts.lastIndex { $0.qualifies }.flatMap { $0 >= listed ? lines[$0] : nil }
        let more = lines.count - listed - (decider == nil ? 0 : 1)
        return lines.prefix(listed) + (more > 0 ? ["  ... and \(more) more"] : []) + (decider.map { [$0] } ?? [])
    }

    /// A line as it fits into a terminal, divided between words; elsewhere as it is, for programs that look for lines.
    private static func wrapped(_ line: String) -> [String] {
        Console.outputIsTerminal ? WrappedText(line, width: Console.outputWidth, indent: 4).lines : [line]
    }
}

extension BatchReporter {
    /// Tells what is found in audio as it comes.
    mutating func tell(_ event: DetectionEvent, of file: String) {
        json(DetectionEventRecord(event, file: file))
        guard isTalkative else { return }
        switch event {
        case .found(let item): data(["  \(item.mark) \(item.text)"])
        case .verdict(let verdict):
            data(["\(file): \(verdict.result.rawValue)" + (verdict.instant.map { " at \($0.inSeconds)" } ?? "")])
        }
    }
}
