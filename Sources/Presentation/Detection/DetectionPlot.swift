package import TalkDetection
import TelephonyAudio

/// What was detected in a recording as a drawing (SVG): waveform, level with its threshold, talkspurts and the decision on one
/// time axis, and below it, in words, what became of each talkspurt.
package struct DetectionPlot {
    /// A talkspurt or a tone.
    package struct Item: Sendable {
        /// When it begins.
        package var start: Duration
        /// How long it lasts.
        package var length: Duration
        /// The silence that followed; nil if nothing is said of it.
        package var silence: Duration?
        /// Whether it is what was looked for.
        package var qualifies: Bool
        /// The key of a tone; nil for a talkspurt.
        package var key: Character?
        /// What became of it, in words.
        package var text: String

        /// A talkspurt or a tone.
        package init(
            start: Duration, length: Duration, silence: Duration?, qualifies: Bool, key: Character?, text: String
        ) {
            self.start = start
            self.length = length
            self.silence = silence
            self.qualifies = qualifies
            self.key = key
            self.text = text
        }
    }

    /// What the recording is called.
    package var name = ""
    /// What the command would answer, when, and why.
    package var verdict = ""
    /// The parameters and rules that this depends on.
    package var conditions = ""
    /// How long the recording is.
    package var duration = Duration.zero
    /// Levels and extremes of the samples.
    package var picture: SoundPicture
    /// Below which level it is silent; nil if that is not a matter of one threshold.
    package var threshold: MeanMagnitude?
    /// What was found, in order.
    package var items: [Item] = []
    /// Whether the command waits for silence, not for talk: then the silences are drawn that it looked at.
    package var isAboutSilence = false
    /// The limits of the command's time that fall into the recording, with their names.
    package var limits: [(instant: Duration, name: String)] = []
    /// When it was decided, and the result; nil if that does not fall into the recording.
    package var decision: (instant: Duration, result: String)?

    /// A drawing of a sound of which nothing is known yet.
    package init(_ picture: SoundPicture) { self.picture = picture }

    // In pixels.
    private static let width = 1200.0
    private static let left = 80.0
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

    /// The whole document.
    package var svg: String {
        var drawing = SVGDrawing(
            width: Self.width, height: Self.list + Self.lineHeight * Double(list.count), label: "\(name): \(verdict)")
        drawing.rectangle(0, 0, Self.width, Self.list + Self.lineHeight * Double(list.count), .fill("#ffffff"))
        drawHeading(&drawing)
        drawShades(&drawing)
        drawTime(&drawing)
        drawWaveform(&drawing)
        drawLevel(&drawing)
        drawProbability(&drawing)
        drawTalkspurts(&drawing)
        drawPauses(&drawing)
        drawDecision(&drawing)
        drawList(&drawing)
        return drawing.document
    }
}

// MARK: - The axes

extension DetectionPlot {
    private func drawHeading(_ drawing: inout SVGDrawing) {
        let name = name.count > 100 ? "…\(name.suffix(99))" : name
        drawing.text(Self.left, 28, name, .text(size: 17, isBold: true))
        drawing.text(Self.left, 51, verdict, .text(size: 14))
        drawing.text(Self.left, 72, conditions, .text("#666666"))
    }

    /// The talkspurts' times behind everything, and what lies after the limits of the command's time.
    private func drawShades(_ drawing: inout SVGDrawing) {
        let whole = Self.waveform.lowerBound...Self.talkspurts.upperBound
        for item in items {
            let colour = item.qualifies && !isAboutSilence ? "#d8f0dc" : "#eeeeee"
            drawing.rectangle(x(item.start)...x(item.start + item.length), whole, .fill(colour))
        }
        for limit in limits {
            let place = x(limit.instant)
            let isLate = place > Self.right - 110
            drawing.rectangle(place...Self.right, whole, .fill("#f4efe4", opacity: 0.75))
            drawing.line(place, whole.lowerBound, place, whole.upperBound, .stroke("#b08030", dash: "2 3"))
            drawing.text(
                isLate ? place - 4 : place + 4, whole.lowerBound + 12, limit.name,
                .text("#b08030", size: 11, anchor: isLate ? "end" : "start"))
        }
    }

    private func drawTime(_ drawing: inout SVGDrawing) {
        let seconds = seconds
        let step =
            [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120, 300, 600, 1800, 3600].first { seconds / $0 <= 14 } ?? 7200
        for mark in 0...Int(seconds / step) {
            let place = Self.left + Double(mark) * step / seconds * (Self.right - Self.left)
            let label = step < 1 ? "\(Double(mark * Int(step * 10 + 0.5)) / 10)" : "\(mark * Int(step))"
            // The last label would reach over the edge.
            let isLast = place > Self.right - 20
            drawing.line(
                place, Self.waveform.lowerBound, place, Self.talkspurts.upperBound + 6, .stroke("#dddddd"))
            drawing.text(
                isLast ? Self.right + 10 : place, Self.talkspurts.upperBound + 20, label + " s",
                .text("#666666", size: 11, anchor: isLast ? "end" : "middle"))
        }
    }

    private func x(_ time: Duration) -> Double {
        Self.left + max(0, min(1, time / .seconds(1) / seconds)) * (Self.right - Self.left)
    }

    /// Where one of so many equal parts of the time lies.
    private func x(_ index: Int, of count: Int) -> Double {
        Self.left + (Double(index) + 0.5) / Double(count) * (Self.right - Self.left)
    }

    private func y(dBov: Double) -> Double {
        let height = Self.level.upperBound - Self.level.lowerBound
        return Self.level.lowerBound + height * min(1, (dBov.isFinite ? dBov : Self.floor) / Self.floor)
    }

    private var seconds: Double { max(0.001, duration / .seconds(1)) }
}

// MARK: - The sound

extension DetectionPlot {
    private func drawWaveform(_ drawing: inout SVGDrawing) {
        let middle = (Self.waveform.lowerBound + Self.waveform.upperBound) / 2
        let half = (Self.waveform.upperBound - Self.waveform.lowerBound) / 2
        let columns = min(picture.extremes.count, Int(Self.right - Self.left))
        let extremes = Array(picture.extremes(parts: columns).enumerated())
        let top = extremes.map { (x: x($0, of: columns), y: middle - half * Double($1.high) / 32768) }
        let bottom = extremes.map { (x: x($0, of: columns), y: middle - half * Double($1.low) / 32768) }
        drawing.line(Self.left, middle, Self.right, middle, .stroke("#cccccc"))
        drawing.polygon(top + bottom.reversed(), .fill("#4477aa", border: 0.6))
        drawing.text(Self.left - 8, middle + 4, "wave", .text("#4477aa", anchor: "end"))
    }

    private func drawLevel(_ drawing: inout SVGDrawing) {
        for dBov in stride(from: 0.0, through: -60, by: -20) {
            drawing.line(Self.left, y(dBov: dBov), Self.right, y(dBov: dBov), .stroke("#eeeeee"))
            drawing.text(
                Self.left - 8, y(dBov: dBov) + 4, "\(Int(dBov)) dBov", .text("#666666", size: 11, anchor: "end"))
        }
        let columns = min(picture.levels.count, Int(Self.right - Self.left))
        let levels = picture.loudest(parts: columns).enumerated()
        drawing.polyline(levels.map { (x($0, of: columns), y(dBov: $1)) }, .stroke("#222222", width: 1.2))
        guard let threshold else { return }
        let place = y(dBov: threshold.level.dBov)
        drawing.line(Self.left, place, Self.right, place, .stroke("#cc3311", dash: "6 4"))
        drawing.rectangle(Self.right - 102...Self.right, place - 16...place - 1, .fill("#ffffff", opacity: 0.85))
        drawing.text(Self.right - 4, place - 5, "\(threshold)", .text("#cc3311", size: 11, anchor: "end"))
    }
}

// MARK: - The classifier

extension DetectionPlot {
    /// How probable talk is, over the levels' height, and where it begins to be talk.
    private func drawProbability(_ drawing: inout SVGDrawing) {
        let columns = min(picture.probabilities.count, Int(Self.right - Self.left))
        guard columns > 0 else { return }
        func y(_ probability: Float) -> Double {
            Self.level.upperBound - Double(probability) * (Self.level.upperBound - Self.level.lowerBound)
        }
        let points = picture.probabilities(parts: columns).enumerated().map { (x($0, of: columns), y($1)) }
        let threshold = AdaptiveClassifier.threshold
        let place = y(threshold)
        drawing.line(Self.left, place, Self.right, place, .stroke("#cc3311", dash: "6 4"))
        drawing.group(title: "probability of talk, by the adaptive classifier") { drawing in
            drawing.polyline(points, .stroke("#cc3311", width: 1.2))
        }
        for (probability, label) in [(Float(1), "1"), (threshold, "\(threshold)"), (0, "0")] {
            drawing.text(Self.right + 4, y(probability) + 4, label, .text("#cc3311", size: 11))
        }
        drawing.rectangle(Self.right - 122...Self.right, place - 16...place - 1, .fill("#ffffff", opacity: 0.85))
        drawing.text(Self.right - 4, place - 5, "probability of talk", .text("#cc3311", size: 11, anchor: "end"))
    }
}

// MARK: - What was found

extension DetectionPlot {
    private func drawTalkspurts(_ drawing: inout SVGDrawing) {
        let lane = Self.talkspurts
        for item in items {
            let span = x(item.start)...max(x(item.start) + 1, x(item.start + item.length))
            let label = item.key.map(String.init) ?? "\(Int(item.length / .milliseconds(1))) ms"
            let isWide = span.upperBound - span.lowerBound > 8 * Double(label.count) + 4
            drawing.group(title: item.text) { drawing in
                drawing.rectangle(span, lane, .fill(item.qualifies && !isAboutSilence ? "#228833" : "#999999"))
                guard isWide else { return }
                drawing.text(span.lowerBound + 4, lane.lowerBound + 23, label, .text("#ffffff"))
            }
        }
        drawing.text(Self.left - 8, lane.lowerBound + 23, "talkspurts", .text("#228833", size: 12, anchor: "end"))
    }

    /// The silences that a command looks at which waits for one, as low bars between the talkspurts.
    private func drawPauses(_ drawing: inout SVGDrawing) {
        guard isAboutSilence else { return }
        for item in items {
            let start = item.start + item.length
            guard let silence = item.silence, silence > .zero else { continue }
            drawing.rectangle(
                x(start)...x(start + silence), Self.talkspurts.lowerBound + 12...Self.talkspurts.upperBound - 12,
                .fill(item.qualifies ? "#228833" : "#dddddd"))
        }
    }

    private func drawDecision(_ drawing: inout SVGDrawing) {
        guard let decision else { return }
        let place = x(decision.instant)
        let isLate = place > Self.right - 120
        drawing.line(
            place, Self.waveform.lowerBound - 6, place, Self.talkspurts.upperBound + 6, .stroke("#aa3377", width: 2))
        drawing.text(
            isLate ? place - 6 : place + 6, Self.waveform.upperBound + 18,
            "\(decision.result) \(decision.instant.inSeconds)",
            .text("#aa3377", anchor: isLate ? "end" : "start", isBold: true))
    }

    /// What became of the talkspurts, in words, in the colours of the lane.
    private var list: [(text: String, colour: String)] {
        let listed = items.prefix(items.count > Self.listed ? Self.listed - 1 : Self.listed)
        let more = items.count - listed.count
        return listed.map { (Self.capitalised($0.text), $0.qualifies ? "#228833" : "#666666") }
            + (more > 0 ? [("and \(more) more", "#666666")] : [])
    }

    private func drawList(_ drawing: inout SVGDrawing) {
        for (index, line) in list.enumerated() {
            let y = Self.list + Self.lineHeight * Double(index)
            drawing.rectangle(Self.left...Self.left + 10, y - 10...y, .fill(line.colour))
            drawing.text(Self.left + 18, y, line.text, .text(size: 12))
        }
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
