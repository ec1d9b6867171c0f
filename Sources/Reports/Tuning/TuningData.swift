import Presentation
package import RealTimeAPI
import TelephonyAudio
package import ThresholdTuning

/// All that tuning found, as pages show it: what ``TuneRecord`` has, and what is drawn.
package struct TuningData: Sendable {
    /// One object: the record's members and `heat_maps`, `frontier`, `lengths`, `rates`, `page_rates`, `tolerance`.
    package let json: JSONText

    /// What was found.
    package init(_ result: TuningResult, findings: [TuningError]) {
        let record = jsonLine(
            TuneRecord(result, Recommendation(result), ClassifierChoice([result]), findings: findings))
        let figures = jsonLine(Figures(result))
        // Two objects, of which the second follows the first one's members.
        json = JSONText(unchecked: Array(record.utf8.dropLast()) + [44] + Array(figures.utf8.dropFirst()))
    }
}

/// What is drawn.
private struct Figures: Encodable {
    struct Map: Encodable {
        let horizontal: String
        let vertical: String
        let columns: [Int]
        let rows: [Int]
        let costs: [[Double]]
        let isPlateau: [[Bool]]

        init(_ map: HeatMap, middle: Candidate) {
            (horizontal, vertical) = (map.horizontal.rawValue, map.vertical.rawValue)
            columns = map.columns.map { middle.with(map.horizontal, $0).milliseconds(map.horizontal) }
            rows = map.rows.map { middle.with(map.vertical, $0).milliseconds(map.vertical) }
            let count = map.columns.count
            costs = map.rows.indices.map { row in Array(map.costs[row * count..<(row + 1) * count]) }
            isPlateau = map.rows.indices.map { row in Array(map.isPlateau[row * count..<(row + 1) * count]) }
        }
    }

    struct Point: Encodable {
        let falseTalk: Double
        let missed: Double
        let seconds: Double
        let parameters: TuneRecord.Parameters

        init(_ point: FrontierPoint) {
            (falseTalk, missed, seconds) = (point.rates.falseTalk, point.rates.missed, point.rates.seconds)
            parameters = TuneRecord.Parameters(point.candidate)
        }
    }

    struct LengthRecord: Encodable {
        /// The upper ends, in milliseconds.
        let bins: [Int]
        let talkspurtsWithTalk: [Int]
        let talkspurtsWithout: [Int]
        let pausesWithTalk: [Int]
        let pausesWithout: [Int]

        init(_ lengths: Lengths) {
            bins = lengths.bins.map { 20 * $0 }
            talkspurtsWithTalk = lengths.talkspurtsWithTalk
            talkspurtsWithout = lengths.talkspurtsWithout
            pausesWithTalk = lengths.pausesWithTalk
            pausesWithout = lengths.pausesWithout
        }
    }

    /// Over all conditions and thresholds.
    struct Shares: Encodable {
        let falseTalk: Double
        let missed: Double
        let seconds: Double?

        init(_ confusion: Confusion, _ time: Duration?) {
            (falseTalk, missed) = (confusion.falseTalkShare, confusion.missedShare)
            seconds = time.map { $0 / .seconds(1) }
        }
    }

    let heatMaps: [Map]
    let frontier: [Point]
    let lengths: LengthRecord
    let rates: Shares
    let pageRates: Shares
    let tolerance: Double

    init(_ result: TuningResult) {
        heatMaps = result.heatMaps.map { Map($0, middle: result.plateau.middle) }
        frontier = result.frontier.map(Point.init)
        lengths = LengthRecord(result.lengths)
        rates = Shares(result.robustConfusion, result.decisionTime)
        pageRates = Shares(result.pageRobustConfusion, nil)
        tolerance = result.tolerance
    }
}
