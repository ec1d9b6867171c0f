import Presentation
import ThresholdTuning

/// What can be had between false talk and missed talk, for different patience, in numbers.
struct FrontierTable {
    let points: [FrontierPoint]

    /// Those that find talk within a time on average.
    private struct Curve {
        let seconds: Double
        /// The least missed talk for each false talk, in order.
        let points: [FrontierPoint]

        var name: String {
            seconds.isFinite ? "in \(number(seconds)) s on average" : "however long it takes"
        }
    }

    private var curves: [Curve] {
        let slowest = points.map(\.rates.seconds).max() ?? 0
        let limits = [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 40, 60].filter { $0 < slowest }
        // Four, spread over what there is.
        let chosen =
            limits.count <= 3
            ? limits : [limits[limits.count / 3], limits[limits.count * 2 / 3], limits.last!]
        return (chosen + [.infinity]).map { seconds in
            var kept: [FrontierPoint] = []
            for point in points.filter({ $0.rates.seconds <= seconds }).sorted(by: {
                ($0.rates.falseTalk, $0.rates.missed) < ($1.rates.falseTalk, $1.rates.missed)
            }) where point.rates.missed < (kept.last?.rates.missed ?? 2) { kept.append(point) }
            return Curve(seconds: seconds, points: kept)
        }
    }

    /// The table, which opens on a click.
    var html: String {
        let rows = curves.flatMap { curve in
            curve.points.map { point in
                let candidate = point.candidate
                return [
                    curve.name, percent(point.rates.falseTalk), percent(point.rates.missed),
                    decimal(point.rates.seconds, 2),
                ] + Axis.allCases.map { "\(candidate.milliseconds($0))" }
            }
        }
        return NumberTable(
            heads: ["talk found", "false talk", "missed", "mean time, s"] + Axis.allCases.map(\.rawValue),
            rows: rows
        ).html("Numbers, and the parameters of each point")
    }
}
