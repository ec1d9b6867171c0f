import ParallelWork

/// The cost over two parameters, the other two as recommended.
public struct HeatMap: Sendable, Hashable {
    /// The parameter from left to right, and its places.
    public let horizontal: Axis
    /// The places from left to right, at which costs are computed.
    public let columns: [Int]
    /// The parameter from bottom to top, and its places.
    public let vertical: Axis
    /// The places from bottom to top.
    public let rows: [Int]
    /// The mean cost of a recording, row after row.
    public let costs: [Double]
    /// Whether each is on the plateau: no dearer than the cheapest by more than the tolerance.
    public let isPlateau: [Bool]
}

extension RunTable {
    /// The heat maps of all pairs of parameters through a plateau's middle.
    func heatMaps(_ plateau: Plateau, selection: Selection, costing: Costing, jobs: Int) -> [HeatMap] {
        let last = lastFrame
        let pairs = Axis.allCases.indices.flatMap { one in
            ((one + 1)..<Axis.allCases.count).map { (Axis.allCases[one], Axis.allCases[$0]) }
        }
        return parallelMap(pairs, jobs: jobs) { pair in
            // silence_ms goes up the side: there is no profile along it.
            let (horizontal, vertical) = pair.0 == .silence ? (pair.1, pair.0) : pair
            return heatMap(
                plateau, horizontal, vertical, last: last, selection: selection, costing: costing)
        }
    }

    private func heatMap(
        _ plateau: Plateau, _ horizontal: Axis, _ vertical: Axis, last: Int, selection: Selection, costing: Costing
    ) -> HeatMap {
        let columns = Self.places(along: horizontal, plateau, last: last)
        let rows = Self.places(along: vertical, plateau, last: last)
        var costs: [Int64] = []
        for row in rows {
            let profile = profile(
                horizontal, through: plateau.middle.with(vertical, row), selection: selection, costing: costing)
            costs += columns.map { profile[$0] }
        }
        let scale = 1e6 * Double(weightOfRecording) * Double(max(1, selection.isIncluded.count { $0 }))
        return HeatMap(
            horizontal: horizontal, columns: columns, vertical: vertical, rows: rows,
            costs: costs.map { Double($0) / scale }, isPlateau: costs.map { $0 <= plateau.limit })
    }

    /// Some thirty places in a geometric series, the recommended one and the ends of its plateau among them.
    private static func places(along axis: Axis, _ plateau: Plateau, last: Int) -> [Int] {
        let middle = plateau.middle[axis]
        let top = min(axis.range.upperBound, max(last, middle))
        let range = plateau.ranges[axis]!.clamped(to: axis.range.lowerBound...top)
        let fixed: Set<Int> = [middle, range.lowerBound, range.upperBound, top]
        var places = fixed
        var place = axis == .minimum || axis == .silence ? 0 : 1
        while place < top {
            places.insert(place)
            place = max(place + 1, place * 6 / 5)
        }
        // Neighbours of the recommended one that a cell would hardly show give way.
        return places.sorted().filter { fixed.contains($0) || abs($0 - middle) * 12 > middle }
    }
}
