import Files
import Presentation
import RecordingDetection
import TalkDetection
import TelephonyAudio

/// A sound's levels as text: bars over time, the threshold as a line; below them talkspurts or pauses, limits and the decision.
///
/// Of a sound that goes on long after all has been decided, the beginning alone is drawn.
struct LevelStrip {
    private let result: DetectionResult
    /// In columns.
    private let width: Int
    /// Where the drawing ends.
    private let end: Duration
    private let isColoured: Bool

    private static let margin = 13
    private static let rows = 5
    /// What a row of bars stands for, in decibels.
    private static let step = 12.0
    private static let bars = Array(" ▁▂▃▄▅▆▇█")

    init(_ result: DetectionResult) {
        self.result = result
        width = max(20, min(120, Console.outputWidth) - Self.margin - 1)
        end = Self.end(of: result)
        isColoured = Console.outputIsTerminal && Environment["NO_COLOR"] == nil
    }

    /// A little after the last instant that matters, if that leaves out a fifth or more.
    private static func end(of result: DetectionResult) -> Duration {
        guard let last = result.lastInstant else { return result.duration }
        let end = Duration.milliseconds(100 * Int(max(5, last / .milliseconds(100) * 1.1).rounded(.up)))
        return end < result.duration * 0.8 ? end : result.duration
    }

    var lines: [String] {
        guard result.duration > .zero else { return [] }
        let levels = result.picture.loudest(parts: width, of: end / result.duration)
        let limits = result.limits.filter { $0.instant < end }
        let columns = Set(limits.map { column($0.instant) })
        return (0..<Self.rows).map { bars(levels, row: $0, limits: columns) }
            + (result.detection.isAboutSilence ? [talk, pauses] : [talkspurts])
            + limits.map { mark("┊", at: $0.instant, "\($0.name) \($0.instant.inSeconds)") }
            + (result.decided.map { [mark("^", at: $0, "\(result.result) \($0.inSeconds)")] } ?? []) + [axis]
    }

    /// One row of bars, 0 the highest.
    private func bars(_ levels: [Double], row: Int, limits: Set<Int>) -> String {
        let floor = -Self.step * Double(row + 1)
        let threshold = result.detection.threshold?.level.dBov
        let isThreshold = threshold.map { $0 >= floor && $0 < floor + Self.step } ?? false
        let cells = levels.enumerated().map { column, level -> String in
            let eighths = Int(((level.isFinite ? level : -200) - floor) / Self.step * 8)
            let bar = Self.bars[max(0, min(8, eighths))]
            if bar == " " { return limits.contains(column) ? "┊" : isThreshold ? "╌" : " " }
            return isColoured && level >= threshold ?? 1 ? "\u{1B}[32m\(bar)\u{1B}[0m" : String(bar)
        }
        let label =
            isThreshold
            ? "\(result.detection.threshold!.rawValue) >" : row == 0 ? "0 dBov" : row == Self.rows - 1 ? "-60" : ""
        return margin(label) + cells.joined()
    }

    private var talkspurts: String {
        row("talkspurts", result.talkspurts.map { ($0.start, $0.start + $0.length, $0.mark) })
    }

    /// Where it is not silent, for commands that wait for silence.
    private var talk: String {
        row("talk", result.talkspurts.filter { $0.length > .zero }.map { ($0.start, $0.start + $0.length, "#") })
    }

    /// The silences that such commands look at.
    private var pauses: String {
        let items = result.talkspurts.map { item in
            (item.start + item.length, item.start + item.length + (item.silence ?? .zero), item.mark)
        }
        // A pause at the beginning that did not suffice is no part of a talkspurt.
        let first = (Duration.zero, result.talkspurts.first?.start ?? .zero, Character("-"))
        return row("pauses", ([first] + items).filter { $0.0 < $0.1 })
    }

    private func row(_ label: String, _ items: [(start: Duration, end: Duration, mark: Character)]) -> String {
        var cells = [Character](repeating: "·", count: width)
        for item in items where item.start < end {
            for index in column(item.start)...max(column(item.start), column(item.end) - 1) { cells[index] = item.mark }
        }
        return margin(label) + String(cells)
    }

    /// A sign under an instant, and a word beside it.
    private func mark(_ sign: Character, at instant: Duration, _ text: String) -> String {
        let place = column(instant)
        let isLeft = place + text.count + 2 > width
        let before = isLeft ? place - text.count - 1 : place
        return margin("") + String(repeating: " ", count: max(0, before))
            + (isLeft ? "\(text) \(sign)" : "\(sign) \(text)")
    }

    private var axis: String {
        let text = end.inSeconds + (end < result.duration ? " of \(result.duration.inSeconds)" : "")
        return margin("0 s") + String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func column(_ time: Duration) -> Int {
        max(0, min(width - 1, Int(time / end * Double(width))))
    }

    private func margin(_ text: String) -> String {
        String(repeating: " ", count: Self.margin - 1 - text.count) + text + " "
    }
}
