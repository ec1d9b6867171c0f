import Presentation

/// A histogram of lengths, of recordings with talk above the axis, and of those without below.
struct LengthFigure {
    let title: String
    let bins: [Int]
    let talk: [Int]
    let other: [Int]
    /// Limits in milliseconds, and what they are called.
    let limits: [(milliseconds: Int, name: String)]

    private static let left = 58.0
    private static let top = 34.0
    private static let width = 560.0
    private static let half = 105.0

    /// The whole figure.
    var html: String {
        "<figure class=\"half lengths\"><figcaption>\(Markup.escaped(title))</figcaption>" + drawing.element + numbers
            + "</figure>\n"
    }

    /// The bins up to the last that holds something.
    private var count: Int {
        let last = bins.indices.last { talk[$0] + other[$0] > 0 } ?? 0
        let limit = bins.firstIndex {
            20 * $0 >= limits.filter { $0.milliseconds < 60_000 }.map(\.milliseconds).max() ?? 0
        }
        return min(bins.count, max(last, limit ?? 0) + 2)
    }

    private func x(_ index: Double) -> Double { Self.left + index / Double(count) * Self.width }

    /// Where a length lies between the bins.
    private func place(_ milliseconds: Int) -> Double {
        var low = 0
        for (index, bin) in bins.enumerated() {
            if 20 * bin >= milliseconds {
                return Double(index) + Double(milliseconds - 20 * low) / Double(20 * (bin - low))
            }
            low = bin
        }
        return Double(count)
    }

    private var drawing: SVGDrawing {
        var drawing = SVGDrawing(
            width: Self.left + Self.width + 12, height: Self.top + 2 * Self.half + 40, label: title)
        let middle = Self.top + Self.half
        let highest = Double(max(1, (talk + other).max() ?? 1))
        let step = Self.width / Double(count)
        for index in 0..<count {
            let (up, down) = (Double(talk[index]) / highest, Double(other[index]) / highest)
            let range = "\(index == 0 ? 0 : 20 * bins[index - 1])...\(20 * bins[index]) ms"
            drawing.rectangle(
                x(Double(index)) + 0.6, middle - up * Self.half, step - 1.2, up * Self.half, "talk",
                title: "\(range), with talk: \(talk[index])")
            drawing.rectangle(
                x(Double(index)) + 0.6, middle, step - 1.2, down * Self.half, "other",
                title: "\(range), without: \(other[index])")
        }
        drawing.line(Self.left, middle, Self.left + Self.width, middle, "axis")
        for index in stride(from: 0, to: count, by: max(1, count / 7)) {
            drawing.text(
                x(Double(index) + 1), Self.top + 2 * Self.half + 17,
                time(20 * bins[index]).replacing("\u{A0}", with: " "), "tick middle")
        }
        drawing.text(Self.left - 8, Self.top + 12, "with talk", "tick end talk-text")
        drawing.text(Self.left - 8, Self.top + 2 * Self.half - 4, "without", "tick end other-text")
        drawing.text(Self.left - 8, Self.top + 28, "\(Int(highest))", "tick end")
        for (index, limit) in limits.enumerated() {
            let x = min(Self.left + Self.width, self.x(place(limit.milliseconds)))
            drawing.line(x, Self.top - 8, x, Self.top + 2 * Self.half, "limit")
            let isRight = x > Self.left + Self.width * 0.7
            drawing.text(
                isRight ? x - 4 : x + 4, Self.top - 2 - (index % 2 == 1 ? 14 : 0), limit.name,
                isRight ? "tick end limit-text" : "tick limit-text")
        }
        return drawing
    }

    private var numbers: String {
        let rows = (0..<count).map { index in
            ["\(index == 0 ? 0 : 20 * bins[index - 1])", "\(20 * bins[index])", "\(talk[index])", "\(other[index])"]
        }
        return NumberTable(heads: ["over, ms", "up to, ms", "with talk", "without"], rows: rows).html("Numbers")
    }
}
