import Presentation
import ThresholdTuning

/// What can be had between false talk and missed talk, for different patience.
struct FrontierFigure {
    let points: [FrontierPoint]
    let recommended: Rates
    let page: Rates

    private static let left = 62.0
    private static let top = 14.0
    private static let width = 620.0
    private static let height = 330.0

    /// A curve of those that find talk within a time on average.
    private struct Curve {
        let seconds: Double
        /// The least missed talk for each false talk, in order.
        let points: [FrontierPoint]
    }

    private var curves: [Curve] {
        let slowest = points.map(\.rates.seconds).max() ?? 0
        let limits = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 40, 60].filter { $0 < slowest }
        // Four, spread over what there is.
        let chosen =
            limits.count <= 3 ? limits : [limits[limits.count / 3], limits[limits.count * 2 / 3], limits.last!]
        return (chosen + [.infinity]).map { seconds in
            var kept: [FrontierPoint] = []
            for point in points.filter({ $0.rates.seconds <= seconds }).sorted(by: {
                ($0.rates.falseTalk, $0.rates.missed) < ($1.rates.falseTalk, $1.rates.missed)
            }) where point.rates.missed < (kept.last?.rates.missed ?? 2) { kept.append(point) }
            return Curve(seconds: seconds, points: kept)
        }
    }

    /// The whole figure.
    var html: String {
        let curves = curves
        return "<figure class=\"wide\">" + drawing(curves).element + numbers(curves) + "</figure>\n"
    }

    private func x(_ share: Double) -> Double { Self.left + share * Self.width }
    private func y(_ share: Double) -> Double { Self.top + (1 - share) * Self.height }

    private func drawing(_ curves: [Curve]) -> SVGDrawing {
        var drawing = SVGDrawing(
            width: Self.left + Self.width + 210, height: Self.top + Self.height + 52,
            label: "Missed talk over false talk, for different times to the decision")
        for step in stride(from: 0.0, through: 1, by: 0.2) {
            drawing.line(x(step), y(0), x(step), y(1), "grid")
            drawing.line(x(0), y(step), x(1), y(step), "grid")
            drawing.text(x(step), y(0) + 17, "\(Int((step * 100).rounded())) %", "tick middle")
            drawing.text(x(0) - 8, y(step) + 4, "\(Int((step * 100).rounded())) %", "tick end")
        }
        drawing.text(x(0.5), y(0) + 40, "false talk: of the recordings without talk, answered TALK", "name middle")
        drawing.upright(12, y(0.5), "missed: of those with talk, answered 0", "name middle")
        for (index, curve) in curves.enumerated() {
            var path: [(x: Double, y: Double)] = []
            for point in curve.points {
                if let last = path.last { path.append((x(point.rates.falseTalk), last.y)) }
                path.append((x(point.rates.falseTalk), y(point.rates.missed)))
            }
            drawing.polyline(path, "curve c\(curves.count - 1 - index)")
            let place = Self.top + 20 + Double(index) * 22
            drawing.line(x(1) + 22, place - 4, x(1) + 46, place - 4, "curve c\(curves.count - 1 - index)")
            drawing.text(x(1) + 54, place, Self.name(curve), "legend")
        }
        let place = Self.top + 20 + Double(curves.count) * 22
        for (index, item) in [("recommended", recommended, "mark"), ("the page's values", page, "mark-page")]
            .enumerated()
        {
            drawing.circle(x(item.1.falseTalk), y(item.1.missed), radius: 7.5, "mark-halo")
            drawing.circle(x(item.1.falseTalk), y(item.1.missed), radius: 6, "\(item.2)", title: item.0)
            drawing.circle(x(1) + 34, place - 4 + Double(index) * 22, radius: 6, "\(item.2)")
            drawing.text(x(1) + 54, place + Double(index) * 22, item.0, "legend")
        }
        return drawing
    }

    private static func name(_ curve: Curve) -> String {
        curve.seconds.isFinite ? "in \(number(curve.seconds)) s on average" : "however long it takes"
    }

    private func numbers(_ curves: [Curve]) -> String {
        let rows = curves.flatMap { curve in
            curve.points.map { point in
                let candidate = point.candidate
                return [
                    Self.name(curve), percent(point.rates.falseTalk), percent(point.rates.missed),
                    decimal(point.rates.seconds, 2),
                ] + Axis.allCases.map { "\(candidate.milliseconds($0))" }
            }
        }
        return NumberTable(
            heads: ["talk found", "false talk", "missed", "mean time, s"] + Axis.allCases.map(\.rawValue), rows: rows
        ).html("Numbers, and the parameters of each point")
    }
}
