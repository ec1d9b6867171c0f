internal import TalkDetection
internal import TelephonyAudio

/// A recording with its waveform, level, threshold, tokens and decision on one time axis.
struct RecordingFigure {
    let judgement: Judgement
    let threshold: MeanMagnitude
    let analysisTime: Int
    /// The place of the recording as it is among the conditions.
    let condition: Int

    private static let left = 66.0
    private static let width = 900.0
    private static let wave = 8.0...78.0
    private static let level = 88.0...158.0
    private static let tokens = 166.0...186.0
    /// The lowest level that is drawn, in dBov.
    private static let floor = -72.0

    private var levels: RecordingLevels { judgement.recording.levels }

    /// What is drawn of the time, in milliseconds.
    private var duration: Double { Double(max(1, levels.frameCount * 20)) }

    /// The whole figure.
    var html: String {
        let wanted = judgement.recording.isTalk ? "TALK" : "0"
        let time = judgement.verdict.instant.map { " at \(decimal($0 / .seconds(1), 2)) s" } ?? ""
        return "<figure class=\"recording\"><figcaption><b>\(escaped(levels.name))</b><br>"
            + "\(judgement.verdict.result.rawValue)\(time) instead of \(wanted): \(escaped(judgement.reason)). "
            + "Wrong under \(percent(judgement.errorShare)) of the conditions and thresholds.</figcaption>"
            + drawing.svg + numbers + "</figure>\n"
    }

    private func x(_ milliseconds: Double) -> Double {
        Self.left + max(0, min(1, milliseconds / duration)) * Self.width
    }

    private var drawing: Drawing {
        var drawing = Drawing(
            width: Self.left + Self.width + 14, height: 212, label: "\(levels.name): waveform, level, tokens, decision")
        drawTime(&drawing)
        drawWave(&drawing)
        drawLevel(&drawing)
        drawTokens(&drawing)
        return drawing
    }

    private func drawTime(_ drawing: inout Drawing) {
        let seconds = duration / 1000
        let step = [0.1, 0.2, 0.5, 1, 2, 5, 10].first { seconds / $0 <= 14 } ?? 20
        for mark in 0...Int(seconds / step) {
            let x = x(Double(mark) * step * 1000)
            drawing.line(x, Self.wave.lowerBound, x, Self.tokens.upperBound + 3, "grid")
            drawing.text(x, Self.tokens.upperBound + 18, "\(number(Double(mark) * step)) s", "tick middle")
        }
        let end = x(Double(analysisTime))
        guard Double(analysisTime) < duration else { return }
        drawing.rectangle(
            end, Self.wave.lowerBound, Self.left + Self.width - end, Self.tokens.upperBound - Self.wave.lowerBound,
            "over")
        drawing.line(end, Self.wave.lowerBound, end, Self.tokens.upperBound, "over-line")
    }

    private func drawWave(_ drawing: inout Drawing) {
        let middle = (Self.wave.lowerBound + Self.wave.upperBound) / 2
        let half = (Self.wave.upperBound - Self.wave.lowerBound) / 2
        let points = (0..<levels.frameCount).map { frame -> (x: Double, low: Double, high: Double) in
            let (low, high) = (levels.extremes[2 * frame], levels.extremes[2 * frame + 1])
            return (
                x(Double(frame) * 20 + 10), middle - half * Double(low) / 32_768, middle - half * Double(high) / 32_768
            )
        }
        drawing.line(Self.left, middle, Self.left + Self.width, middle, "grid")
        drawing.polygon(points.map { ($0.x, $0.high) } + points.reversed().map { ($0.x, $0.low) }, "wave")
        drawing.text(Self.left - 8, middle + 4, "wave", "tick end")
    }

    private func y(_ magnitude: Int) -> Double {
        let dBov = MeanMagnitude(rawValue: magnitude)!.level.dBov
        let height = Self.level.upperBound - Self.level.lowerBound
        return Self.level.lowerBound + height * min(1, max(Self.floor, dBov) / Self.floor)
    }

    private func drawLevel(_ drawing: inout Drawing) {
        let magnitudes = levels.levels(condition: condition)
        let points = magnitudes.enumerated().map { (x: x(Double($0.offset) * 20 + 10), y: y(Int($0.element))) }
        drawing.polyline(points, "level")
        drawing.line(Self.left, y(threshold.rawValue), Self.left + Self.width, y(threshold.rawValue), "limit")
        drawing.text(Self.left - 8, y(threshold.rawValue) + 4, "\(threshold.rawValue)", "tick end limit-text")
        drawing.text(Self.left - 8, Self.level.lowerBound + 6, "level", "tick end")
    }

    private func drawTokens(_ drawing: inout Drawing) {
        let (top, height) = (Self.tokens.lowerBound, Self.tokens.upperBound - Self.tokens.lowerBound)
        for token in judgement.tokens {
            let start = token.start / .milliseconds(1)
            let end = start + token.length / .milliseconds(1)
            let width = max(1, x(end) - x(start))
            drawing.rectangle(
                x(start), top, width, height, token.outcome.qualifies ? "token good" : "token", title: "\(token)")
            let label = "\(Int(token.length / .milliseconds(1))) ms"
            if width > Double(label.count) * 7 { drawing.text(x(start) + 4, top + 14, label, "token-text") }
        }
        drawing.text(Self.left - 8, top + 14, "tokens", "tick end")
        guard let instant = judgement.verdict.instant else { return }
        let x = x(instant / .milliseconds(1))
        drawing.line(x, Self.wave.lowerBound - 4, x, Self.tokens.upperBound + 3, "decision")
        let isLate = x > Self.left + Self.width - 80
        drawing.text(
            isLate ? x - 5 : x + 5, Self.wave.lowerBound + 8, judgement.verdict.result.rawValue,
            isLate ? "tick end decision-text" : "tick decision-text")
    }

    private var numbers: String {
        let rows = judgement.tokens.map { token in
            [
                "\(token.start.milliseconds)", "\(token.length.milliseconds)", "\(token.silence.milliseconds)",
                "\(token.outcome)",
            ]
        }
        let magnitudes = levels.levels(condition: condition).map { "\($0)" }.joined(separator: " ")
        let levels = "<p class=\"levels\">Mean magnitude of each 20 ms: \(magnitudes)</p>"
        let table = NumberTable(
            heads: ["start, ms", "length, ms", "silence after, ms", "what became of it"], rows: rows)
        return "<details class=\"numbers\"><summary>Numbers</summary>\(table.table)\(levels)</details>\n"
    }
}
