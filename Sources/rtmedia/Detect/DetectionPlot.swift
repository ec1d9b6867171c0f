import TalkDetection
import TelephonyAudio

/// A detection as a drawing (SVG): waveform, level with its threshold, tokens and the decision on one time axis.
struct DetectionPlot {
    private let result: DetectionResult
    private let duration: Double

    // In pixels.
    private static let width = 1200.0
    private static let left = 70.0
    private static let right = 1180.0
    private static let waveform = 70.0...230.0
    private static let level = 260.0...420.0
    private static let tokens = 440.0...476.0
    private static let height = 530.0
    /// The lowest level drawn, in dBov.
    private static let floor = -72.0

    init(_ result: DetectionResult) {
        self.result = result
        duration = max(0.001, result.duration / .seconds(1))
    }

    /// The whole document.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.height)" width="\(Self.width)" \
        height="\(Self.height)" font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="13">
        <rect width="100%" height="100%" fill="#ffffff"/>
        \(heading)
        \(shades)
        \(timeGrid)
        \(drawnWaveform)
        \(drawnLevel)
        \(drawnTokens)
        \(drawnDecision)
        </svg>

        """
    }

    private var heading: String {
        let instant = result.decided.map { " at \(seconds($0))" } ?? ""
        let verdict = "\(result.result.isEmpty ? "nothing" : result.result)\(instant): \(result.explanation)"
        let manner = result.detection.command.rawValue + DetectReporter.manner(result.detection)
        return text(Self.left, 28, result.file, size: 17, weight: "bold") + text(Self.left, 50, verdict)
            + text(Self.right, 50, manner, anchor: "end", fill: "#666666")
    }

    /// What lies after the analysis time, and the tokens' times behind everything.
    private var shades: String {
        var shapes = result.tokens.map { item in
            rectangle(
                x(item.start)...x(item.start + item.length), Self.waveform.lowerBound...Self.tokens.upperBound,
                fill: item.qualifies ? "#d8f0dc" : "#eeeeee")
        }
        if let end = result.detection.analysisTime, end < result.duration {
            let place = x(end)
            shapes.append(
                rectangle(
                    place...Self.right, Self.waveform.lowerBound...Self.tokens.upperBound, fill: "#f4efe4",
                    opacity: 0.75))
            shapes.append(
                line(place, Self.waveform.lowerBound, place, Self.tokens.upperBound, stroke: "#b08030", dash: "2 3"))
            let isLate = place > Self.right - 90
            shapes.append(
                text(
                    isLate ? place - 4 : place + 4, Self.waveform.lowerBound + 12, "analysis over", size: 11,
                    anchor: isLate ? "end" : "start", fill: "#b08030"))
        }
        return shapes.joined(separator: "\n")
    }

    private var timeGrid: String {
        let step =
            [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600].first { duration / $0 <= 14 } ?? 7200
        let marks = (0...Int(duration / step)).map { mark in
            let place = Self.left + Double(mark) * step / duration * (Self.right - Self.left)
            let label = step < 1 ? "\(Double(mark * Int(step * 10 + 0.5)) / 10)" : "\(mark * Int(step))"
            return line(place, Self.waveform.lowerBound, place, Self.tokens.upperBound + 6, stroke: "#dddddd")
                + text(place, Self.tokens.upperBound + 20, label + " s", size: 11, anchor: "middle", fill: "#666666")
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
        return line(Self.left, middle, Self.right, middle, stroke: "#cccccc")
            + "<polygon points=\"\((top + bottom).joined(separator: " "))\" fill=\"#4477aa\" stroke=\"#4477aa\" stroke-width=\"0.6\"/>"
            + text(Self.left - 8, middle + 4, "wave", anchor: "end", fill: "#4477aa")
    }

    private var drawnLevel: String {
        let columns = min(result.picture.levels.count, Int(Self.right - Self.left))
        let points = result.picture.loudest(parts: columns).enumerated().map {
            point($0.offset, columns, y(dBov: $0.element))
        }
        let scale = stride(from: 0.0, through: -60, by: -20).map { dBov in
            line(Self.left, y(dBov: dBov), Self.right, y(dBov: dBov), stroke: "#eeeeee")
                + text(Self.left - 8, y(dBov: dBov) + 4, "\(Int(dBov)) dBov", size: 11, anchor: "end", fill: "#666666")
        }
        let threshold = result.detection.threshold.map { threshold in
            line(
                Self.left, y(dBov: threshold.level.dBov), Self.right, y(dBov: threshold.level.dBov), stroke: "#cc3311",
                dash: "6 4")
                + text(
                    Self.right, y(dBov: threshold.level.dBov) - 4, "\(threshold)", size: 11, anchor: "end",
                    fill: "#cc3311")
        }
        return scale.joined()
            + "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"#222222\" stroke-width=\"1.2\"/>"
            + (threshold ?? "")
    }

    private var drawnTokens: String {
        let lane = Self.tokens
        let items = result.tokens.map { item in
            let span = x(item.start)...max(x(item.start) + 1, x(item.start + item.length))
            let label = item.key.map(String.init) ?? "\(Int(item.length / .milliseconds(1))) ms"
            let isWide = span.upperBound - span.lowerBound > 8 * Double(label.count) + 4
            return "<g><title>\(escaped(item.text))</title>"
                + rectangle(span, lane, fill: item.qualifies ? "#228833" : "#999999")
                + (isWide ? text(span.lowerBound + 4, lane.lowerBound + 23, label, fill: "#ffffff") : "") + "</g>"
        }
        return items.joined(separator: "\n")
            + text(Self.left - 8, lane.lowerBound + 23, "tokens", anchor: "end", fill: "#228833")
    }

    private var drawnDecision: String {
        guard let decided = result.decided else { return "" }
        let place = x(decided)
        let isLate = place > Self.right - 120
        return line(place, Self.waveform.lowerBound - 6, place, Self.tokens.upperBound + 6, stroke: "#aa3377", width: 2)
            + text(
                isLate ? place - 6 : place + 6, Self.waveform.upperBound + 18, "\(result.result) \(seconds(decided))",
                weight: "bold", anchor: isLate ? "end" : "start", fill: "#aa3377")
    }

    private func x(_ time: Duration) -> Double {
        Self.left + max(0, min(1, time / .seconds(1) / duration)) * (Self.right - Self.left)
    }

    private func y(dBov: Double) -> Double {
        let height = Self.level.upperBound - Self.level.lowerBound
        return Self.level.lowerBound + height * min(1, (dBov.isFinite ? dBov : Self.floor) / Self.floor)
    }

    private func point(_ index: Int, _ count: Int, _ y: Double) -> String {
        "\(rounded(Self.left + (Double(index) + 0.5) / Double(count) * (Self.right - Self.left))),\(rounded(y))"
    }
}

// The few shapes that are needed.
extension DetectionPlot {
    private func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double = 1, dash: String = ""
    ) -> String {
        "<line x1=\"\(rounded(x1))\" y1=\"\(rounded(y1))\" x2=\"\(rounded(x2))\" y2=\"\(rounded(y2))\" stroke=\"\(stroke)\" "
            + "stroke-width=\"\(width)\"\(dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")/>"
    }

    private func rectangle(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, fill: String, opacity: Double = 1)
        -> String
    {
        "<rect x=\"\(rounded(x.lowerBound))\" y=\"\(rounded(y.lowerBound))\" width=\"\(rounded(x.upperBound - x.lowerBound))\" "
            + "height=\"\(rounded(y.upperBound - y.lowerBound))\" fill=\"\(fill)\" opacity=\"\(opacity)\"/>"
    }

    private func text(
        _ x: Double, _ y: Double, _ text: String, size: Int = 13, weight: String = "normal", anchor: String = "start",
        fill: String = "#222222"
    ) -> String {
        "<text x=\"\(rounded(x))\" y=\"\(rounded(y))\" font-size=\"\(size)\" font-weight=\"\(weight)\" "
            + "text-anchor=\"\(anchor)\" fill=\"\(fill)\">\(escaped(text))</text>"
    }

    private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            // XML has no way to write control characters.
            case _ where character.value < 32: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
