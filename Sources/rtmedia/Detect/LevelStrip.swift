import Glibc
import TalkDetection
import TelephonyAudio

/// A sound's levels as text: bars over time, the threshold as a line, tokens and the decision below.
struct LevelStrip {
    private let result: DetectionResult
    private let width: Int
    private let isColoured: Bool

    private static let margin = 11
    private static let rows = 5
    /// What a row of bars stands for, in decibels.
    private static let step = 12.0
    private static let bars = Array(" ▁▂▃▄▅▆▇█")

    init(_ result: DetectionResult) {
        self.result = result
        width = max(20, min(120, Self.terminalWidth) - Self.margin - 1)
        isColoured = Console.outputIsTerminal && getenv("NO_COLOR") == nil
    }

    private static var terminalWidth: Int {
        var size = winsize()
        return ioctl(Console.output, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 100
    }

    var lines: [String] {
        guard result.duration > .zero else { return [] }
        let levels = result.picture.loudest(parts: width)
        return (0..<Self.rows).map { bars(levels, row: $0) } + marks + [axis]
    }

    /// One row of bars, 0 the highest.
    private func bars(_ levels: [Double], row: Int) -> String {
        let floor = -Self.step * Double(row + 1)
        let threshold = result.detection.threshold?.level.dBov
        let isThreshold = threshold.map { $0 >= floor && $0 < floor + Self.step } ?? false
        let cells = levels.map { level -> String in
            let eighths = Int(((level.isFinite ? level : -200) - floor) / Self.step * 8)
            let bar = Self.bars[max(0, min(8, eighths))]
            if bar == " " { return isThreshold ? "╌" : " " }
            return isColoured && level >= threshold ?? 1 ? "\u{1B}[32m\(bar)\u{1B}[0m" : String(bar)
        }
        let label =
            isThreshold
            ? "\(result.detection.threshold!.rawValue) >" : row == 0 ? "0 dBov" : row == Self.rows - 1 ? "-60" : ""
        return margin(label) + cells.joined()
    }

    /// The row of tokens, and that of the decision.
    private var marks: [String] {
        var tokens = [Character](repeating: "·", count: width)
        for item in result.tokens {
            let last = max(column(item.start), column(item.start + item.length) - 1)
            for index in column(item.start)...last { tokens[index] = item.key ?? (item.qualifies ? "=" : "-") }
        }
        guard let decided = result.decided else { return [margin("tokens") + String(tokens)] }
        let place = column(decided)
        let text = "\(result.result) \(seconds(decided))"
        let isLeft = place + text.count + 2 > width
        let before = isLeft ? place - text.count - 1 : place
        let mark = isLeft ? "\(text) ^" : "^ \(text)"
        return [margin("tokens") + String(tokens), margin("") + String(repeating: " ", count: max(0, before)) + mark]
    }

    private var axis: String {
        let end = seconds(result.duration)
        return margin("0 s") + String(repeating: " ", count: max(0, width - end.count)) + end
    }

    private func column(_ time: Duration) -> Int {
        max(0, min(width - 1, Int(time / result.duration * Double(width))))
    }

    private func margin(_ text: String) -> String {
        String(repeating: " ", count: Self.margin - 1 - text.count) + text + " "
    }
}
