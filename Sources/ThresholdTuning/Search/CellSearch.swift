/// Part of the space of candidates with one `silence`; all bounds are inclusive.
///
/// The third axis is `analysisTime` less `silence` and 1: the last end of talk that is decided in time.
struct Cell {
    var minimum: ClosedRange<Int>
    var maximum: ClosedRange<Int>
    var end: ClosedRange<Int>

    var volume: Int { minimum.count * maximum.count * end.count }

    /// What no lane of a box's ``Box/bounds`` exceeds, if the box meets the cell, or contains it.
    struct Limits {
        let meeting: SIMD8<Int16>
        let containing: SIMD8<Int16>

        init(_ cell: Cell) {
            let (a0, a1) = (Int16(cell.minimum.lowerBound), Int16(cell.minimum.upperBound))
            let (b0, b1) = (Int16(cell.maximum.lowerBound), Int16(cell.maximum.upperBound))
            let (e0, e1) = (Int16(cell.end.lowerBound), Int16(cell.end.upperBound))
            meeting = [a1, b1, e1, -a0 - 1, -b0 - 1, 0, 0, 0]
            containing = [a0, b0, e0, -a1 - 1, -b1 - 1, 0, 0, 0]
        }

        @inline(__always)
        func meets(_ box: Box) -> Bool { Self.holds(box.bounds, meeting) }

        @inline(__always)
        func isContained(in box: Box) -> Bool { Self.holds(box.bounds, containing) }

        /// Whether no lane exceeds its limit: no difference, of numbers that are much smaller than a lane, has a sign.
        @inline(__always)
        private static func holds(_ bounds: SIMD8<Int16>, _ limits: SIMD8<Int16>) -> Bool {
            let differences = unsafeBitCast(limits &- bounds, to: SIMD2<UInt64>.self)
            return (differences[0] | differences[1]) & 0x8000_8000_8000_8000 == 0
        }
    }
}

/// A candidate and its cost, in the order in which they are preferred.
struct Priced: Sendable {
    let cost: Int64
    let candidate: Candidate

    static func < (one: Priced, other: Priced) -> Bool {
        one.cost != other.cost ? one.cost < other.cost : one.candidate.key < other.candidate.key
    }
}

/// Finds the cheapest candidate with one `silence`, by branch and bound over boxes.
///
/// Within a cell, boxes that contain it are a constant, and those that do not meet it nothing. The rest bound the cost from
/// below: no clip can do better than the cheapest of its boxes, or than none. A cell that can't be better than the best
/// so far is left; the others are halved, and small ones computed whole.
struct CellSearch {
    private let silence: Int
    /// Boxes of the cells on the way down, one list after the other; what follows them is free.
    private var arena: [Box]
    /// The best so far; of those that cost the same, the first in order.
    private(set) var best: Priced
    private var grid: [Int64] = []

    /// - Parameter boxes: are taken from there, with their room.
    init(silence: Int, boxes: inout [Box], best: Priced) {
        self.silence = silence
        arena = []
        self.best = best
        swap(&arena, &boxes)
    }

    /// Leaves the room to other searches; this one is over.
    mutating func giveBack(to pool: ArenaPool) {
        var boxes: [Box] = []
        swap(&arena, &boxes)
        pool.giveBack(boxes)
    }

    /// Searches all candidates.
    mutating func run(base: Int64) {
        // Past the longest talkspurt and the last end nothing changes.
        var (longest, last) = (1, 0)
        for box in arena { (longest, last) = (max(longest, box.length), max(last, box.end)) }
        let cell = Cell(minimum: 0...(longest - 1), maximum: 1...longest, end: 0...last)
        let sifted = sift(arena.indices, for: cell, to: 0, base: base)
        visit(sifted, free: sifted.boxes.upperBound)
    }

    /// A cell, and what is known of it.
    private struct Sifted {
        let cell: Cell
        /// The boxes in the arena that meet it without containing it.
        var boxes: Range<Int>
        /// The cost of what is the same all over it.
        var base: Int64
        /// What no candidate in it is cheaper than.
        var bound: Int64
    }

    /// Looks for what is better than the best so far.
    ///
    /// - Parameter free: where no other cell's boxes are in the arena any more.
    private mutating func visit(_ sifted: Sifted, free: Int) {
        let cell = sifted.cell
        let first = Priced(
            cost: sifted.bound,
            candidate: candidate(cell.minimum.lowerBound, cell.maximum.lowerBound, cell.end.lowerBound))
        guard first < best else { return }
        if sifted.boxes.isEmpty {
            best = first
        } else if cell.volume <= max(64, min(1 << 16, 16 * sifted.boxes.count)) {
            compute(cell, sifted.boxes, base: sifted.base)
        } else {
            let (one, other) = halves(of: cell, sifted.boxes)
            let low = sift(sifted.boxes, for: one, to: free, base: sifted.base)
            let high = sift(sifted.boxes, for: other, to: low.boxes.upperBound, base: sifted.base)
            // What promises more first: what is found there may spare the other.
            for half in low.bound <= high.bound ? [low, high] : [high, low] {
                visit(half, free: high.boxes.upperBound)
            }
        }
    }

    /// Copies the boxes that meet a cell without containing it.
    ///
    /// - Parameter place: where to in the arena: where they begin, or behind them.
    private mutating func sift(_ boxes: Range<Int>, for cell: Cell, to place: Int, base: Int64) -> Sifted {
        if arena.count < place + boxes.count {
            arena += repeatElement(arena[0], count: max(arena.count, boxes.count))
        }
        return arena.withUnsafeMutableBufferPointer { arena in
            let limits = Cell.Limits(cell)
            var sifted = Sifted(cell: cell, boxes: place..<place, base: base, bound: 0)
            var (clip, cheapest) = (Int32(-1), Int64(0))
            var end = place
            for index in boxes {
                let box = arena[index]
                guard limits.meets(box) else { continue }
                if limits.isContained(in: box) {
                    sifted.base += box.weight
                    continue
                }
                arena[end] = box
                end += 1
                if box.clip != clip {
                    sifted.bound += cheapest
                    (clip, cheapest) = (box.clip, 0)
                }
                cheapest = min(cheapest, box.weight)
            }
            sifted.boxes = place..<end
            sifted.bound += cheapest + sifted.base
            return sifted
        }
    }

    private func candidate(_ minimum: Int, _ maximum: Int, _ end: Int) -> Candidate {
        Candidate(silence: silence, minimum: minimum, maximum: maximum, analysisTime: end + silence + 1)
    }

    /// Halves the axis that most boxes end within, at the mean of where they do; of many boxes a part is asked.
    private func halves(of cell: Cell, _ boxes: Range<Int>) -> (Cell, Cell) {
        var counts = (0, 0, 0)
        var sums = (0, 0, 0)
        for index in stride(from: boxes.lowerBound, to: boxes.upperBound, by: max(1, boxes.count / 256)) {
            let box = arena[index]
            for edge in [box.low, box.length]
            where edge > cell.minimum.lowerBound && edge <= cell.minimum.upperBound {
                counts.0 += 1
                sums.0 += edge
            }
            for edge in [box.length, box.high]
            where edge > cell.maximum.lowerBound && edge <= cell.maximum.upperBound {
                counts.1 += 1
                sums.1 += edge
            }
            if box.end > cell.end.lowerBound {
                counts.2 += 1
                sums.2 += box.end
            }
        }
        var (low, high) = (cell, cell)
        if counts.0 >= counts.1, counts.0 >= counts.2 {
            let middle = sums.0 / counts.0
            low.minimum = cell.minimum.lowerBound...(middle - 1)
            high.minimum = middle...cell.minimum.upperBound
        } else if counts.1 >= counts.2 {
            let middle = sums.1 / counts.1
            low.maximum = cell.maximum.lowerBound...(middle - 1)
            high.maximum = middle...cell.maximum.upperBound
        } else {
            let middle = sums.2 / counts.2
            low.end = cell.end.lowerBound...(middle - 1)
            high.end = middle...cell.end.upperBound
        }
        return (low, high)
    }

    /// Computes every candidate of a cell: the boxes' corners, summed up along each axis.
    private mutating func compute(_ cell: Cell, _ boxes: Range<Int>, base: Int64) {
        let (na, nb, ne) = (cell.minimum.count, cell.maximum.count, cell.end.count)
        let volume = cell.volume
        if grid.count < volume { grid = [Int64](repeating: 0, count: max(volume, 1 << 12)) }
        let (a0, b0, e0) = (cell.minimum.lowerBound, cell.maximum.lowerBound, cell.end.lowerBound)
        var best = best
        let silence = silence
        grid.withUnsafeMutableBufferPointer { grid in
            for index in 0..<volume { grid[index] = 0 }
            grid[0] = base
            for index in boxes {
                let box = arena[index]
                let (a, b, e) = (max(0, box.low - a0), max(0, box.length - b0), max(0, box.end - e0))
                let (aEnd, bEnd) = (min(na, box.length - a0), min(nb, box.high - b0))
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
                            silence: silence, minimum: a0 + row, maximum: b0 + b, analysisTime: e0 + plane + silence + 1
                        ))
                    if found < best { best = found }
                }
            }
        }
        self.best = best
    }
}
