import Presentation
import ThresholdTuning

/// A heat map: the cost over two parameters, with the plateau and the recommended place marked.
struct HeatMapFigure {
    let map: HeatMap
    let middle: Candidate
    /// The range of colours, the same for all maps.
    let costs: ClosedRange<Double>

    private static let left = 84.0
    private static let top = 8.0
    private static let size = 300.0
    private static let shades = 24

    /// The whole figure.
    var html: String {
        "<figure class=\"map\"><figcaption><b>\(map.horizontal.rawValue)</b> and <b>\(map.vertical.rawValue)</b></figcaption>"
            + drawing.element + numbers + "</figure>\n"
    }

    private var cell: (width: Double, height: Double) {
        (Self.size / Double(map.columns.count), Self.size / Double(map.rows.count))
    }

    private var drawing: SVGDrawing {
        var drawing = SVGDrawing(
            width: Self.left + Self.size + 18, height: Self.top + Self.size + 44,
            label: "Cost over \(map.horizontal.rawValue) and \(map.vertical.rawValue)")
        drawCells(&drawing)
        drawPlateau(&drawing)
        drawAxes(&drawing)
        if let column = map.columns.firstIndex(of: middle[map.horizontal]),
            let row = map.rows.firstIndex(of: middle[map.vertical])
        {
            let (x, y) = (self.x(column) + cell.width / 2, self.y(row) + cell.height / 2)
            drawing.circle(x, y, radius: 5.5, "mark-halo")
            drawing.circle(x, y, radius: 4, "mark")
        }
        return drawing
    }

    private func x(_ column: Int) -> Double { Self.left + Double(column) * cell.width }

    /// The top of a row; the first is at the bottom.
    private func y(_ row: Int) -> Double { Self.top + Double(map.rows.count - 1 - row) * cell.height }

    /// Cells of one shade that lie side by side are one.
    private func drawCells(_ drawing: inout SVGDrawing) {
        var paths = [String](repeating: "", count: Self.shades)
        for row in map.rows.indices {
            var column = 0
            while column < map.columns.count {
                let first = column
                let shade = shade(row, column)
                while column < map.columns.count, self.shade(row, column) == shade { column += 1 }
                paths[shade] +=
                    "M\(number(x(first))) \(number(y(row)))H\(number(x(column)))V\(number(y(row) + cell.height))H\(number(x(first)))z"
            }
        }
        for (shade, path) in paths.enumerated() where !path.isEmpty { drawing.path(path, "heat h\(shade)") }
    }

    private func shade(_ row: Int, _ column: Int) -> Int {
        let span = max(1e-12, costs.upperBound - costs.lowerBound)
        let place = (map.costs[row * map.columns.count + column] - costs.lowerBound) / span
        // Small costs are told apart better than large ones.
        return max(0, min(Self.shades - 1, Int(max(0, place).squareRoot() * Double(Self.shades))))
    }

    /// The border between what is on the plateau and what is not.
    private func drawPlateau(_ drawing: inout SVGDrawing) {
        func isPlateau(_ row: Int, _ column: Int) -> Bool {
            map.rows.indices.contains(row) && map.columns.indices.contains(column)
                && map.isPlateau[row * map.columns.count + column]
        }
        var path = ""
        for row in map.rows.indices {
            for column in map.columns.indices where isPlateau(row, column) {
                let (left, right) = (x(column), x(column + 1))
                let (top, bottom) = (y(row), y(row) + cell.height)
                if !isPlateau(row, column - 1) { path += "M\(number(left)) \(number(top))V\(number(bottom))" }
                if !isPlateau(row, column + 1) { path += "M\(number(right)) \(number(top))V\(number(bottom))" }
                if !isPlateau(row + 1, column) { path += "M\(number(left)) \(number(top))H\(number(right))" }
                if !isPlateau(row - 1, column) { path += "M\(number(left)) \(number(bottom))H\(number(right))" }
            }
        }
        drawing.path(path, "plateau-halo")
        drawing.path(path, "plateau")
    }

    private func drawAxes(_ drawing: inout SVGDrawing) {
        for column in ticks(map.columns) {
            let x = x(column) + cell.width / 2
            drawing.line(x, Self.top + Self.size, x, Self.top + Self.size + 4, "axis")
            drawing.text(x, Self.top + Self.size + 16, label(map.horizontal, map.columns[column]), "tick middle")
        }
        for row in ticks(map.rows) {
            let y = y(row) + cell.height / 2
            drawing.line(Self.left - 4, y, Self.left, y, "axis")
            drawing.text(Self.left - 7, y + 4, label(map.vertical, map.rows[row]), "tick end")
        }
        drawing.text(Self.left + Self.size / 2, Self.top + Self.size + 36, map.horizontal.rawValue, "name middle")
        drawing.upright(11, Self.top + Self.size / 2, map.vertical.rawValue, "name middle")
    }

    private func ticks(_ places: [Int]) -> [Int] {
        let count = min(6, places.count)
        guard count > 1 else { return Array(places.indices) }
        return (0..<count).map { $0 * (places.count - 1) / (count - 1) }
    }

    private func label(_ axis: Axis, _ place: Int) -> String {
        time(middle.with(axis, place).milliseconds(axis)).replacing("\u{A0}", with: " ")
    }

    private var numbers: String {
        let heads =
            [map.vertical.rawValue]
            + map.columns.map { "\(middle.with(map.horizontal, $0).milliseconds(map.horizontal))" }
        let rows = map.rows.indices.reversed().map { row in
            ["\(middle.with(map.vertical, map.rows[row]).milliseconds(map.vertical))"]
                + map.columns.indices.map { decimal(map.costs[row * map.columns.count + $0], 4) }
        }
        return NumberTable(heads: heads, rows: rows).html("Numbers: cost, \(map.horizontal.rawValue) across, in ms")
    }
}
