import TalkDetection
import TelephonyAudio

/// A detection as a drawing (SVG): waveform, level with its threshold, talkspurts and the decision on one time axis.
struct DetectionPlot {
    private let result: DetectionResult
    private let duration: Double

    // In pixels.
    private static let width = 1200.0
    private static let left = 70.0
    private static let right = 1180.0
    private static let waveform = 96.0...236.0
    private static let level = 266.0...426.0
    private static let talkspurts = 446.0...482.0
    /// Where the list of talkspurts begins, how high a line of it is, and how long it may be.
    private static let list = 540.0
    private static let lineHeight = 20.0
    private static let listed = 16
    /// The lowest level drawn, in dBov.
    private static let floor = -72.0

    init(_ result: DetectionResult) {
        self.result = result
        duration = max(0.001, result.duration / .seconds(1))
    }

    private var height: Double { Self.list + Self.lineHeight * Double(list.count) }

    /// The whole document.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" width="\(Self.width)" \
        height="\(height)" font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="13">
        <rect width="100%" height="100%" fill="#ffffff"/>
        \(heading)
        \(shades)
        \(timeGrid)
        \(drawnWaveform)
        \(drawnLevel)
        \(drawnTalkspurts)
        \(drawnDecision)
        \(drawnList)
        </svg>

        """
    }

    private var heading: String {
        let verdict = result.verdict.dropFirst(result.file.count + 2)
        let file = result.file.count > 100 ? "…\(result.file.suffix(99))" : result.file
        let manner = result.detection.summary.joined(separator: "; ")
        return SVG.text(Self.left, 28, file, size: 17, weight: "bold")
            + SVG.text(Self.left, 51, String(verdict), size: 14)
            + SVG.text(Self.left, 72, manner, fill: "#666666")
    }

    /// The talkspurts' times behind everything, and what lies after the limits of the command's time.
    private var shades: String {
        let whole = Self.waveform.lowerBound...Self.talkspurts.upperBound
        let talkspurts = result.talkspurts.map { item in
            SVG.rectangle(
                x(item.start)...x(item.start + item.length), whole,
                fill: item.qualifies && !result.detection.isAboutSilence ? "#d8f0dc" : "#eeeeee")
        }
        let limits = result.limits.map { limit in
            let place = x(limit.instant)
            let isLate = place > Self.right - 110
            return SVG.rectangle(place...Self.right, whole, fill: "#f4efe4", opacity: 0.75)
                + SVG.line(place, whole.lowerBound, place, whole.upperBound, stroke: "#b08030", dash: "2 3")
                + SVG.text(
                    isLate ? place - 4 : place + 4, whole.lowerBound + 12, limit.name, size: 11,
                    anchor: isLate ? "end" : "start", fill: "#b08030")
        }
        return (talkspurts + limits).joined(separator: "\n")
    }

    private var timeGrid: String {
        let step =
            [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600].first { duration / $0 <= 14 } ?? 7200
        let marks = (0...Int(duration / step)).map { mark in
            let place = Self.left + Double(mark) * step / duration * (Self.right - Self.left)
            let label = step < 1 ? "\(Double(mark * Int(step * 10 + 0.5)) / 10)" : "\(mark * Int(step))"
            // The last label would reach over the edge.
            let isLast = place > Self.right - 20
            return SVG.line(place, Self.waveform.lowerBound, place, Self.talkspurts.upperBound + 6, stroke: "#dddddd")
                + SVG.text(
                    isLast ? Self.right + 10 : place, Self.talkspurts.upperBound + 20, label + " s", size: 11,
                    anchor: isLast ? "end" : "middle", fill: "#666666")
        }
        return marks.joined(separator: "\n")
    }

    private var drawnWaveform: String {
        let middle = (Self.waveform.lowerBound + Self.waveform.upperBound) / 2
        let half = (Self.waveform.upperBound - Self.waveform.lowerBound) / 2
        let columns = min(result.picture.extremes.count, Int(Self.right - Self.left))
        let extremes = result.picture.extremes(parts: columns)
        let top = extremes.enumerated().map {
            point($0.offset, columns, middle - half * Double($0.element.high) / 32768)
        }
        let bottom = extremes.enumerated().reversed().map {
            point($0.offset, columns, middle - half * Double($0.element.low) / 32768)
        }
        return SVG.line(Self.left, middle, Self.right, middle, stroke: "#cccccc")
            + "<polygon points=\"\((top + bottom).joined(separator: " "))\" fill=\"#4477aa\" stroke=\"#4477aa\" stroke-width=\"0.6\"/>"
            + SVG.text(Self.left - 8, middle + 4, "wave", anchor: "end", fill: "#4477aa")
    }

    private var drawnLevel: String {
        let columns = min(result.picture.levels.count, Int(Self.right - Self.left))
        let points = result.picture.loudest(parts: columns).enumerated().map {
            point($0.offset, columns, y(dBov: $0.element))
        }
        let scale = stride(from: 0.0, through: -60, by: -20).map { dBov in
            SVG.line(Self.left, y(dBov: dBov), Self.right, y(dBov: dBov), stroke: "#eeeeee")
                + SVG.text(
                    Self.left - 8, y(dBov: dBov) + 4, "\(Int(dBov)) dBov", size: 11, anchor: "end", fill: "#666666")
        }
        let threshold = result.detection.threshold.map { threshold in
            let y = y(dBov: threshold.level.dBov)
            return SVG.line(Self.left, y, Self.right, y, stroke: "#cc3311", dash: "6 4")
                + SVG.rectangle(Self.right - 102...Self.right, y - 16...y - 1, fill: "#ffffff", opacity: 0.85)
                + SVG.text(Self.right - 4, y - 5, "\(threshold)", size: 11, anchor: "end", fill: "#cc3311")
        }
        return scale.joined()
            + "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"#222222\" stroke-width=\"1.2\"/>"
            + (threshold ?? "")
    }

    private var drawnTalkspurts: String {
        let lane = Self.talkspurts
        let items = result.talkspurts.map { item in
            let span = x(item.start)...max(x(item.start) + 1, x(item.start + item.length))
            let label = item.key.map(String.init) ?? "\(Int(item.length / .milliseconds(1))) ms"
            let isWide = span.upperBound - span.lowerBound > 8 * Double(label.count) + 4
            return "<g><title>\(SVG.escaped(item.text))</title>"
                + SVG.rectangle(
                    span, lane, fill: item.qualifies && !result.detection.isAboutSilence ? "#228833" : "#999999")
                + (isWide ? SVG.text(span.lowerBound + 4, lane.lowerBound + 23, label, fill: "#ffffff") : "") + "</g>"
        }
        return (items + pauses).joined(separator: "\n")
            + SVG.text(Self.left - 8, lane.lowerBound + 23, "talkspurts", anchor: "end", fill: "#228833")
    }

    /// The silences that a command looks at which waits for one, as low bars between the talkspurts.
    private var pauses: [String] {
        guard result.detection.isAboutSilence else { return [] }
        return result.talkspurts.compactMap { item in
            let begin = item.start + item.length
            guard let silence = item.silence, silence > .zero else { return nil }
            return SVG.rectangle(
                x(begin)...x(begin + silence), Self.talkspurts.lowerBound + 12...Self.talkspurts.upperBound - 12,
                fill: item.qualifies ? "#228833" : "#dddddd")
        }
    }

    private var drawnDecision: String {
        guard let decided = result.decided else { return "" }
        let place = x(decided)
        let isLate = place > Self.right - 120
        return SVG.line(
            place, Self.waveform.lowerBound - 6, place, Self.talkspurts.upperBound + 6, stroke: "#aa3377", width: 2)
            + SVG.text(
                isLate ? place - 6 : place + 6, Self.waveform.upperBound + 18, "\(result.result) \(decided.inSeconds)",
                weight: "bold", anchor: isLate ? "end" : "start", fill: "#aa3377")
    }

    /// What became of the talkspurts, in words, in the colours of the lane.
    private var list: [(text: String, fill: String)] {
        let items = result.talkspurts.prefix(result.talkspurts.count > Self.listed ? Self.listed - 1 : Self.listed)
        let more = result.talkspurts.count - items.count
        return items.map { (Self.capitalised($0.text), $0.qualifies ? "#228833" : "#666666") }
            + (more > 0 ? [("and \(more) more", "#666666")] : [])
    }

    private var drawnList: String {
        list.enumerated().map { index, line in
            let y = Self.list + Self.lineHeight * Double(index)
            return SVG.rectangle(Self.left...Self.left + 10, y - 10...y, fill: line.fill)
                + SVG.text(Self.left + 18, y, line.text, size: 12)
        }.joined(separator: "\n")
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private func x(_ time: Duration) -> Double {
        Self.left + max(0, min(1, time / .seconds(1) / duration)) * (Self.right - Self.left)
    }

    private func y(dBov: Double) -> Double {
        let height = Self.level.upperBound - Self.level.lowerBound
        return Self.level.lowerBound + height * min(1, (dBov.isFinite ? dBov : Self.floor) / Self.floor)
    }

    private func point(_ index: Int, _ count: Int, _ y: Double) -> String {
        "\(SVG.rounded(Self.left + (Double(index) + 0.5) / Double(count) * (Self.right - Self.left))),\(SVG.rounded(y))"
    }
}
