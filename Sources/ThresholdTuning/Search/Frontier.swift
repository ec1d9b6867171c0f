import ParallelWork

/// What a candidate does, over all recordings, conditions and thresholds.
public struct Rates: Sendable, Hashable {
    /// Of what holds no talk, the share that TALK is answered to.
    public let falseTalk: Double
    /// Of what holds talk, the share that 0 is answered to.
    public let missed: Double
    /// The mean time until talk is found where it is, in seconds; 0 if it never is.
    public let seconds: Double

    /// Rates.
    package init(falseTalk: Double, missed: Double, seconds: Double) {
        self.falseTalk = falseTalk
        self.missed = missed
        self.seconds = seconds
    }
}

/// A candidate that no other of the grid beats in false talk, missed talk and time at once.
public struct FrontierPoint: Sendable, Hashable {
    /// The candidate.
    public let candidate: Candidate
    /// What it does.
    public let rates: Rates
}

/// A grid over all four parameters, every node of which is computed.
///
/// Its places are each frame at first, and then a sixth further each time, up to what the recordings hold.
struct Grid: Sendable {
    let silences: [Int]
    let minimums: [Int]
    let maximums: [Int]
    let analysisTimes: [Int]

    init(_ table: RunTable) {
        let last = table.lastFrame
        silences = [0] + Self.series(to: min(250, last), step: 10)
        minimums = [0] + Self.series(to: last, step: 6).dropLast()
        maximums = Self.series(to: last, step: 6)
        analysisTimes = Self.series(to: last, step: 6)
    }

    /// How many candidates it holds in which something can qualify.
    var count: Int {
        silences.count * analysisTimes.count * minimums.reduce(0) { sum, low in sum + maximums.count { $0 > low } }
    }

    private static func series(to last: Int, step: Int) -> [Int] {
        var places: [Int] = []
        var place = 1
        while place < last {
            places.append(place)
            place += max(1, place / step)
        }
        return places + [last]
    }
}

/// Sums of what candidates do.
private struct Tallies {
    var found: [Int32]
    var frames: [Int64]
    var falses: [Int32]
}

extension RunTable {
    /// The frontier between false talk, missed talk and time to decision, over a grid; rates to half a hundredth.
    func frontier(grid: Grid, selection: Selection, jobs: Int) -> [FrontierPoint] {
        var totals = (talk: 0.0, none: 0.0)
        for clip in clips {
            if selection.isTalk[Int(clip.recording)] {
                totals.talk += Double(clip.weight)
            } else {
                totals.none += Double(clip.weight)
            }
        }
        let parts = parallelMap(grid.silences, jobs: jobs) { [totals] silence in
            isStopped() ? [] : Self.best(points(silence: silence, grid: grid, selection: selection, totals: totals))
        }
        return Self.best(parts.flatMap { $0 })
    }

    private func points(
        silence: Int, grid: Grid, selection: Selection, totals: (talk: Double, none: Double)
    ) -> [FrontierPoint] {
        let tallies = tallies(silence: silence, grid: grid, selection: selection)
        var cells = [Int: FrontierPoint]()
        let (nb, na) = (grid.maximums.count, grid.minimums.count)
        for (d, analysisTime) in grid.analysisTimes.enumerated() {
            for (a, minimum) in grid.minimums.enumerated() {
                for (b, maximum) in grid.maximums.enumerated() where maximum > minimum {
                    let place = (d * na + a) * nb + b
                    let found = Double(tallies.found[place])
                    let rates = Rates(
                        falseTalk: totals.none > 0 ? Double(tallies.falses[place]) / totals.none : 0,
                        missed: totals.talk > 0 ? 1 - found / totals.talk : 0,
                        seconds: found > 0 ? Double(tallies.frames[place]) / found / 50 : 0)
                    let cell = rates.cell
                    if let other = cells[cell], other.rates.seconds <= rates.seconds { continue }
                    cells[cell] = FrontierPoint(
                        candidate: Candidate(
                            silence: silence, minimum: minimum, maximum: maximum, analysisTime: analysisTime),
                        rates: rates)
                }
            }
        }
        return cells.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Those that no other beats, in the order of their rates; of those with equal rates to half a hundredth, the fastest.
    private static func best(_ points: [FrontierPoint]) -> [FrontierPoint] {
        let sorted = points.sorted {
            let (one, other) = ($0.rates, $1.rates)
            if one.cell != other.cell { return one.cell < other.cell }
            return one.seconds != other.seconds
                ? one.seconds < other.seconds : $0.candidate.key < $1.candidate.key
        }
        // For each step of missed talk the least time so far: what comes later has no less false talk.
        var times = [Double](repeating: .infinity, count: Rates.steps + 1)
        var kept: [FrontierPoint] = []
        for point in sorted {
            let missed = point.rates.cell % (Rates.steps + 1)
            guard times[...missed].allSatisfy({ point.rates.seconds < $0 }) else { continue }
            times[missed] = point.rates.seconds
            kept.append(point)
        }
        return kept
    }

    /// For every node with one `silence`: how much talk is found, in how many frames, and how much is false.
    private func tallies(silence: Int, grid: Grid, selection: Selection) -> Tallies {
        let (na, nb, nd) = (grid.minimums.count, grid.maximums.count, grid.analysisTimes.count)
        var found = [Int32](repeating: 0, count: na * nb * nd)
        var frames = [Int64](repeating: 0, count: na * nb * nd)
        var falses = found
        let (minimumAt, maximumAt, analysisTimeAt) = (
            Self.places(grid.minimums), Self.places(grid.maximums), Self.places(grid.analysisTimes)
        )
        var boxes = arenas.take()
        addBoxes(to: &boxes, silence: silence, selection: selection, costing: Costing.counting)
        defer { arenas.giveBack(boxes) }
        for box in boxes {
            let decision = box.end + silence + 1
            let d = analysisTimeAt[decision]
            guard d < nd else { continue }
            let isTalk = selection.isTalk[Int(clips[Int(box.clip)].recording)]
            let weight = clips[Int(box.clip)].weight
            let (a, aEnd) = (minimumAt[box.low], minimumAt[box.length])
            let (b, bEnd) = (maximumAt[box.length], maximumAt[box.high])
            for (row, column, sign) in [(a, b, 1), (a, bEnd, -1), (aEnd, b, -1), (aEnd, bEnd, 1)]
            where row < na && column < nb {
                let place = (d * na + row) * nb + column
                if isTalk {
                    found[place] += Int32(sign) * weight
                    frames[place] += Int64(sign) * Int64(weight) * Int64(decision)
                } else {
                    falses[place] += Int32(sign) * weight
                }
            }
        }
        Self.sum(&found, na, nb)
        Self.sum(&frames, na, nb)
        Self.sum(&falses, na, nb)
        return Tallies(found: found, frames: frames, falses: falses)
    }

    /// For each value the first of the places that is not below it.
    private static func places(_ values: [Int]) -> [Int] {
        var places: [Int] = []
        for (index, value) in values.enumerated() {
            while places.count <= value { places.append(index) }
        }
        return places + [Int](repeating: values.count, count: Box.unlimited + 1 - places.count)
    }

    /// Sums along each of the three axes.
    private static func sum<Number: FixedWidthInteger>(_ values: inout [Number], _ na: Int, _ nb: Int) {
        values.withUnsafeMutableBufferPointer { values in
            for index in 0..<values.count where index % nb > 0 { values[index] += values[index - 1] }
            for index in 0..<values.count where index / nb % na > 0 { values[index] += values[index - nb] }
            for index in (na * nb)..<max(na * nb, values.count) { values[index] += values[index - na * nb] }
        }
    }
}

extension Rates {
    static let steps = 200

    /// The rates to half a hundredth as one number.
    fileprivate var cell: Int {
        Int((falseTalk * Double(Self.steps)).rounded()) * (Self.steps + 1)
            + Int((missed * Double(Self.steps)).rounded())
    }
}

extension Costing {
    /// For boxes whose weights are not looked at.
    fileprivate static let counting = Costing(falseTalk: 1, missed: 1, frame: 0)

    private init(falseTalk: Int64, missed: Int64, frame: Int64) {
        self.falseTalk = falseTalk
        self.missed = missed
        self.frame = frame
    }
}
