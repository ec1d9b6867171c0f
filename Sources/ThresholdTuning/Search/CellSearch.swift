/// Part of the space of candidates with one pause; all bounds are inclusive.
///
/// The third axis is the deadline less the pause and 1: the last end of talk that is decided in time.
struct Cell {
    var shortest: ClosedRange<Int>
    var longest: ClosedRange<Int>
    var end: ClosedRange<Int>

    var volume: Int { shortest.count * longest.count * end.count }
}

/// A candidate and its cost, in the order in which they are preferred.
struct Priced: Sendable {
    let cost: Int64
    let candidate: Candidate

    static func < (one: Priced, other: Priced) -> Bool {
        one.cost != other.cost ? one.cost < other.cost : one.candidate.key < other.candidate.key
    }
}

/// Finds the cheapest candidate with one pause, by branch and bound over boxes.
///
/// Within a cell, boxes that contain it are a constant, and those that do not meet it nothing. The rest bound the cost from
/// below: no clip can do better than the cheapest of its boxes, or than none. A cell that can't be better than the best
/// so far is left; the others are halved, and small ones computed whole.
struct CellSearch {
    private let pause: Int
    /// Boxes of the cells on the way down, one list after the other.
    private var arena: [Box]
    /// The best so far; of those that cost the same, the first in order.
    private(set) var best: Priced
    private var grid: [Int64] = []

    init(pause: Int, boxes: [Box], best: Priced) {
        self.pause = pause
        arena = boxes
        self.best = best
    }

    /// Searches all candidates.
    mutating func run(base: Int64) {
        // Past the longest token and the last end nothing changes.
        var (longest, last) = (1, 0)
        for box in arena { (longest, last) = (max(longest, Int(box.length)), max(last, Int(box.end))) }
        visit(Cell(shortest: 0...(longest - 1), longest: 1...longest, end: 0...last), from: 0, base: base)
    }

    /// - Parameters:
    ///   - start: where the boxes that meet the cell's parent begin in the arena; they go to its end.
    ///   - base: the cost of what is the same all over the parent.
    private mutating func visit(_ cell: Cell, from start: Int, base: Int64) {
        // Nothing qualifies where the shortest is not below the longest.
        let own = arena.count
        defer { arena.removeSubrange(own...) }
        var base = base
        var bound: Int64 = 0
        var (clip, cheapest) = (Int32(-1), Int64(0))
        let (a0, a1) = (UInt16(cell.shortest.lowerBound), UInt16(cell.shortest.upperBound))
        let (b0, b1) = (UInt16(cell.longest.lowerBound), UInt16(cell.longest.upperBound))
        let (e0, e1) = (UInt16(cell.end.lowerBound), UInt16(cell.end.upperBound))
        for index in start..<own {
            let box = arena[index]
            guard box.low <= a1, box.length > a0, box.length <= b1, box.high > b0, box.end <= e1 else { continue }
            if box.low <= a0, box.length > a1, box.length <= b0, box.high > b1, box.end <= e0 {
                base += box.weight
                continue
            }
            arena.append(box)
            if box.clip != clip {
                bound += cheapest
                (clip, cheapest) = (box.clip, 0)
            }
            cheapest = min(cheapest, box.weight)
        }
        bound += cheapest + base
        let first = Priced(
            cost: bound,
            candidate: candidate(cell.shortest.lowerBound, cell.longest.lowerBound, cell.end.lowerBound))
        guard first < best else { return }
        if arena.count == own {
            best = first
            return
        }
        if cell.volume <= max(64, min(1 << 16, 16 * (arena.count - own))) {
            return compute(cell, from: own, base: base)
        }
        let (low, high) = halves(of: cell, from: own)
        visit(low, from: own, base: base)
        visit(high, from: own, base: base)
    }

    private func candidate(_ shortest: Int, _ longest: Int, _ end: Int) -> Candidate {
        Candidate(pause: pause, shortest: shortest, longest: longest, deadline: end + pause + 1)
    }

    /// Halves the axis that most boxes end within, at the mean of where they do.
    private func halves(of cell: Cell, from start: Int) -> (Cell, Cell) {
        var counts = (0, 0, 0)
        var sums = (0, 0, 0)
        for index in start..<arena.count {
            let box = arena[index]
            for edge in [Int(box.low), Int(box.length)]
            where edge > cell.shortest.lowerBound && edge <= cell.shortest.upperBound {
                counts.0 += 1
                sums.0 += edge
            }
            for edge in [Int(box.length), Int(box.high)]
            where edge > cell.longest.lowerBound && edge <= cell.longest.upperBound {
                counts.1 += 1
                sums.1 += edge
            }
            if box.end > cell.end.lowerBound {
                counts.2 += 1
                sums.2 += Int(box.end)
            }
        }
        var (low, high) = (cell, cell)
        if counts.0 >= counts.1, counts.0 >= counts.2 {
            let middle = sums.0 / counts.0
            low.shortest = cell.shortest.lowerBound...(middle - 1)
            high.shortest = middle...cell.shortest.upperBound
        } else if counts.1 >= counts.2 {
            let middle = sums.1 / counts.1
            low.longest = cell.longest.lowerBound...(middle - 1)
            high.longest = middle...cell.longest.upperBound
        } else {
            let middle = sums.2 / counts.2
            low.end = cell.end.lowerBound...(middle - 1)
            high.end = middle...cell.end.upperBound
        }
        return (low, high)
    }

    /// Computes every candidate of a cell: the boxes' corners, summed up along each axis.
    private mutating func compute(_ cell: Cell, from start: Int, base: Int64) {
        let (na, nb, ne) = (cell.shortest.count, cell.longest.count, cell.end.count)
        let volume = cell.volume
        if grid.count < volume { grid = [Int64](repeating: 0, count: max(volume, 1 << 12)) }
        let (a0, b0, e0) = (cell.shortest.lowerBound, cell.longest.lowerBound, cell.end.lowerBound)
        var best = best
        let pause = pause
        grid.withUnsafeMutableBufferPointer { grid in
            for index in 0..<volume { grid[index] = 0 }
            grid[0] = base
            for index in start..<arena.count {
                let box = arena[index]
                let (a, b, e) = (
                    max(0, Int(box.low) - a0), max(0, Int(box.length) - b0), max(0, Int(box.end) - e0)
                )
                let (aEnd, bEnd) = (min(na, Int(box.length) - a0), min(nb, Int(box.high) - b0))
                let place = e * na
                grid[(place + a) * nb + b] += box.weight
                if bEnd < nb { grid[(place + a) * nb + bEnd] -= box.weight }
                if aEnd < na {
                    grid[(place + aEnd) * nb + b] -= box.weight
                    if bEnd < nb { grid[(place + aEnd) * nb + bEnd] += box.weight }
                }
            }
            for row in 0..<(ne * na) {
                var sum: Int64 = 0
                for index in (row * nb)..<((row + 1) * nb) {
                    sum += grid[index]
                    grid[index] = sum
                }
            }
            for plane in 0..<ne {
                let first = plane * na * nb
                for index in (first + nb)..<max(first + nb, first + na * nb) { grid[index] += grid[index - nb] }
                if plane > 0 { for index in first..<(first + na * nb) { grid[index] += grid[index - na * nb] } }
                for index in first..<(first + na * nb) where grid[index] <= best.cost {
                    let (row, b) = (index - first).quotientAndRemainder(dividingBy: nb)
                    let found = Priced(
                        cost: grid[index],
                        candidate: Candidate(
                            pause: pause, shortest: a0 + row, longest: b0 + b, deadline: e0 + plane + pause + 1))
                    if found < best { best = found }
                }
            }
        }
        self.best = best
    }
}
