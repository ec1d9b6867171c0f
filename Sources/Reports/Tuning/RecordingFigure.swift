import Presentation
import TalkDetection
import TelephonyAudio
import ThresholdTuning

/// A recording with its waveform, level, threshold, talkspurts and decision on one time axis.
struct RecordingFigure {
    let judgement: Judgement
    let threshold: MeanMagnitude
    let analysisTime: Int
    /// The place of the recording as it is among the conditions.
    let condition: Int

    private static let left = 78.0
    private static let width = 900.0
    private static let wave = 8.0...78.0
    private static let level = 88.0...158.0
    private static let talkspurts = 166.0...186.0
    /// The lowest level that is drawn, in dBov.
    private static let floor = -72.0

    private var levels: RecordingLevels { judgement.recording.levels }

    /// What is drawn of the time, in milliseconds.
    private var duration: Double { Double(max(1, levels.frameCount * 20)) }

    /// The whole figure.
    var html: String {
        let wanted = judgement.recording.isTalk ? "TALK" : "0"
        let time = judgement.verdict.instant.map { " at \(decimal($0 / .seconds(1), 2)) s" } ?? ""
        return "<figure class=\"recording\"><figcaption><b>\(Markup.escaped(levels.location))</b><br>"
            + "\(judgement.verdict.result.rawValue)\(time) instead of \(wanted): \(Markup.escaped(judgement.reason)). "
            + "Wrong under \(percent(judgement.errorShare)) of the conditions and thresholds.</figcaption>"
            + drawing.element + numbers + "</figure>\n"
    }

    private func x(_ milliseconds: Double) -> Double {
        Self.left + max(0, min(1, milliseconds / duration)) * Self.width
    }

    private var drawing: SVGDrawing {
        var drawing = SVGDrawing(
            width: Self.left + Self.width + 14, height: 212,
            label: "\(levels.location): waveform, level, talkspurts, decision")
        drawTime(&drawing)
        drawWave(&drawing)
        drawLevel(&drawing)
        drawTalkspurts(&drawing)
        return drawing
    }

    private func drawTime(_ drawing: inout SVGDrawing) {
        let seconds = duration / 1000
        let step = [0.1, 0.2, 0.5, 1, 2, 5, 10].first { seconds / $0 <= 14 } ?? 20
        for mark in 0...Int(seconds / step) {
            let x = x(Double(mark) * step * 1000)
            drawing.line(x, Self.wave.lowerBound, x, Self.talkspurts.upperBound + 3, "grid")
            drawing.text(x, Self.talkspurts.upperBound + 18, "\(number(Double(mark) * step)) s", "tick middle")
        }
        let end = x(Double(analysisTime))
        guard Double(analysisTime) < duration else { return }
        drawing.rectangle(
            end, Self.wave.lowerBound, Self.left + Self.width - end, Self.talkspurts.upperBound - Self.wave.lowerBound,
            "over")
        drawing.line(end, Self.wave.lowerBound, end, Self.talkspurts.upperBound, "over-line")
    }

    /// Frames that are drawn as one: no more than there is room for.
    private var columns: [Range<Int>] {
        let step = (levels.frameCount + Int(Self.width) - 1) / Int(Self.width)
        return stride(from: 0, to: levels.frameCount, by: max(1, step)).map { $0..<min($0 + step, levels.frameCount) }
    }

    /// Where the middle of frames lies.
    private func x(_ frames: Range<Int>) -> Double { x(Double(frames.lowerBound + frames.upperBound) * 10) }

    private func drawWave(_ drawing: inout SVGDrawing) {
        let middle = (Self.wave.lowerBound + Self.wave.upperBound) / 2
        let half = (Self.wave.upperBound - Self.wave.lowerBound) / 2
        let points = columns.map { frames -> (x: Double, low: Double, high: Double) in
            let extremes = levels.extremes[(2 * frames.lowerBound)..<(2 * frames.upperBound)]
            return (
                x(frames), middle - half * Double(extremes.min()!) / 32_768,
                middle - half * Double(extremes.max()!) / 32_768
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

    private func drawLevel(_ drawing: inout SVGDrawing) {
        let magnitudes = levels.levels(condition: condition)
        let points = columns.map { frames in
            (x: x(frames), y: y(frames.reduce(0) { max($0, Int(magnitudes[magnitudes.startIndex + $1])) }))
        }
        drawing.polyline(points, "level")
        drawing.line(Self.left, y(threshold.rawValue), Self.left + Self.width, y(threshold.rawValue), "limit")
        drawing.text(Self.left - 8, y(threshold.rawValue) + 4, "\(threshold.rawValue)", "tick end limit-text")
        drawing.text(Self.left - 8, Self.level.lowerBound + 6, "level", "tick end")
    }

    private func drawTalkspurts(_ drawing: inout SVGDrawing) {
        let (top, height) = (Self.talkspurts.lowerBound, Self.talkspurts.upperBound - Self.talkspurts.lowerBound)
        for talkspurt in judgement.talkspurts {
            let start = talkspurt.start / .milliseconds(1)
            let end = start + talkspurt.length / .milliseconds(1)
            let width = max(1, x(end) - x(start))
            drawing.rectangle(
                x(start), top, width, height, talkspurt.outcome.qualifies ? "talkspurt good" : "talkspurt",
                title: "\(talkspurt)")
            let label = "\(Int(talkspurt.length / .milliseconds(1))) ms"
            if width > Double(label.count) * 7 { drawing.text(x(start) + 4, top + 14, label, "talkspurt-text") }
        }
        drawing.text(Self.left - 8, top + 14, "talkspurts", "tick end")
        guard let instant = judgement.verdict.instant else { return }
        let x = x(instant / .milliseconds(1))
        drawing.line(x, Self.wave.lowerBound - 4, x, Self.talkspurts.upperBound + 3, "decision")
        let isLate = x > Self.left + Self.width - 80
        drawing.text(
            isLate ? x - 5 : x + 5, Self.wave.lowerBound + 8, judgement.verdict.result.rawValue,
            isLate ? "tick end decision-text" : "tick decision-text")
    }

    private var numbers: String {
        let rows = judgement.talkspurts.map { talkspurt in
            [
                "\(talkspurt.start.milliseconds)", "\(talkspurt.length.milliseconds)",
                "\(talkspurt.silence.milliseconds)",
                "\(talkspurt.outcome)",
            ]
        }
        let magnitudes = levels.levels(condition: condition).map { "\($0)" }.joined(separator: " ")
        let levels = "<p class=\"levels\">Mean magnitude of each 20 ms: \(magnitudes)</p>"
        let table = NumberTable(
            heads: ["start, ms", "length, ms", "silence after, ms", "what became of it"], rows: rows)
        return "<details class=\"numbers\"><summary>Numbers</summary>\(table.table)\(levels)</details>\n"
    }
}
