import TalkDetection
import TelephonyAudio
import Testing

@testable import ThresholdTuning

/// The search against the real detector and against trying everything.
@Suite struct SearchTests {
    static let seeds = Array<UInt64>(1...6)
    private let costing = Costing(try! Prices(falseTalk: 1.5, missed: 1, second: 0.015))

    private func randomParameters(using random: inout SplitMix64) throws -> TalkParameters {
        func value(_ limit: Int) -> Int {
            let top = Bool.random(using: &random) ? min(limit, 400) : min(limit, 3000)
            return Int.random(in: 0..<10, using: &random) == 0 ? limit : Int.random(in: 1...top, using: &random)
        }
        return try TalkParameters(
            minimum: .milliseconds(value(60_000)), maximum: .milliseconds(value(60_000)),
            silence: .milliseconds(value(5000)), analysisTime: .milliseconds(value(60_000)))
    }

    @Test("every combination decides as its candidate does, on whole frames", arguments: seeds)
    func everyCombination(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<150 {
            var samples = Signal.random(using: &random)
            samples.removeLast(samples.count % 160)
            let levels = Signal.levels(samples, name: "a")
            let threshold = [100, 512, 1000].randomElement(using: &random)!
            let table = RunTable([levels], views: [(0, threshold)], jobs: 1)
            for _ in 0..<30 {
                let parameters = try randomParameters(using: &random)
                let decision = table.decision(table.clips[0], Candidate(parameters))
                var detector = TalkDetector(
                    parameters, classifier: .threshold(MeanMagnitude(rawValue: threshold)!))
                detector.add(samples.span)
                detector.finish()
                let expected = detector.verdict!.instant.map { $0.milliseconds / 20 } ?? 0
                #expect(decision == expected, "\(parameters) on \(samples.count) samples at \(threshold)")
            }
        }
    }

    @Test("what is recommended decides so in the detector too, however the recording ends", arguments: seeds)
    func recommendable(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<300 {
            let samples = Signal.random(using: &random)
            let levels = Signal.levels(samples, name: "a")
            let table = RunTable([levels], views: [(0, 512)], jobs: 1)
            for _ in 0..<20 {
                let candidate = Candidate(
                    silence: Int.random(in: 0...40, using: &random), minimum: Int.random(in: 1...40, using: &random),
                    maximum: Int.random(in: 1...200, using: &random),
                    analysisTime: Int.random(in: 1...400, using: &random))
                let isTalk = table.decision(table.clips[0], candidate) > 0
                var detector = TalkDetector(candidate.parameters)
                detector.add(samples.span)
                detector.finish()
                #expect((detector.verdict!.result == .talk) == isTalk, "\(candidate) on \(samples.count) samples")
                let (verdict, _) = levels.run(
                    candidate.parameters, condition: 0, threshold: MeanMagnitude(rawValue: 512)!)
                #expect(verdict == detector.verdict!)
            }
        }
    }

    @Test("a candidate's parameters stand for it")
    func parameters() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<2000 {
            let candidate = Candidate(
                silence: Int.random(in: 0...250, using: &random), minimum: Int.random(in: 0...2999, using: &random),
                maximum: Int.random(in: 0...2998, using: &random),
                analysisTime: Int.random(in: 0...2999, using: &random))
            #expect(Candidate(candidate.parameters) == candidate)
        }
    }

    /// A few short recordings through two thresholds.
    private func corpus(seed: UInt64, count: Int) -> (RunTable, Selection, SplitMix64) {
        var random = SplitMix64(seed: seed)
        let recordings = (0..<count).map {
            Signal.levels(Signal.random(using: &random, upTo: 6), name: "\($0)", conditions: LineCondition.standard)
        }
        let table = RunTable(recordings, views: [(3, 512), (0, 256), (8, 1024)], jobs: 2)
        let isTalk = (0..<count).map { _ in Bool.random(using: &random) }
        let isIncluded = (0..<count).map { _ in Int.random(in: 0..<5, using: &random) > 0 }
        return (table, Selection(isTalk: isTalk, isIncluded: isIncluded), random)
    }

    @Test("no candidate is cheaper than the cheapest, and of equals it is the first", arguments: seeds)
    func cheapest(seed: UInt64) {
        let (table, selection, _) = corpus(seed: seed, count: 5)
        // Past the last frame nothing changes; a silence_ms past it ends no talkspurt.
        let last = min(table.lastFrame, 40)
        let search = CellSearchCheck(table: table, selection: selection, costing: costing)
        for silence in 0...6 {
            let found = search.cheapest(silence: silence)
            var best: Priced?
            for analysisTime in (silence + 1)...(last + silence + 1) {
                for maximum in 1...last {
                    for minimum in 0..<last {
                        let candidate = Candidate(
                            silence: silence, minimum: minimum, maximum: maximum, analysisTime: analysisTime)
                        let priced = Priced(
                            cost: table.cost(candidate, selection: selection, costing: costing), candidate: candidate)
                        if best == nil || priced < best! { best = priced }
                    }
                }
            }
            #expect(!(best! < found))
            #expect(table.cost(found.candidate, selection: selection, costing: costing) == found.cost)
        }
    }

    @Test("the result depends neither on the number of threads nor on where the search starts", arguments: seeds)
    func deterministic(seed: UInt64) {
        let (table, selection, random) = corpus(seed: seed, count: 12)
        var generator = random
        let results = [1, 2, 3].map { jobs in
            let start = Candidate(
                silence: Int.random(in: 0...250, using: &generator), minimum: Int.random(in: 0...50, using: &generator),
                maximum: Int.random(in: 0...100, using: &generator),
                analysisTime: Int.random(in: 0...100, using: &generator))
            return table.cheapest(selection: selection, costing: costing, from: start, jobs: jobs)
        }
        #expect(Set(results.map(\.candidate)).count == 1 && Set(results.map(\.cost)).count == 1)
    }

    @Test("a profile is the cost at each place", arguments: seeds)
    func profile(seed: UInt64) {
        let (table, selection, random) = corpus(seed: seed, count: 8)
        var generator = random
        for axis in [Axis.minimum, .maximum, .analysisTime] {
            let candidate = Candidate(
                silence: Int.random(in: 0...8, using: &generator), minimum: Int.random(in: 0...20, using: &generator),
                maximum: Int.random(in: 10...60, using: &generator),
                analysisTime: Int.random(in: 20...90, using: &generator))
            let profile = table.profile(axis, through: candidate, selection: selection, costing: costing)
            for place in 0...120 {
                #expect(
                    profile[place]
                        == table.cost(candidate.with(axis, place), selection: selection, costing: costing))
            }
        }
    }
}

/// The search with one `silence`, from a start that is worse than anything.
struct CellSearchCheck {
    let table: RunTable
    let selection: Selection
    let costing: Costing

    func cheapest(silence: Int) -> Priced {
        let worst = Priced(
            cost: .max, candidate: Candidate(silence: silence, minimum: 0, maximum: 0, analysisTime: 0))
        var boxes = table.arenas.take()
        table.addBoxes(to: &boxes, silence: silence, selection: selection, costing: costing)
        var search = CellSearch(silence: silence, boxes: &boxes, best: worst)
        search.run(base: table.costOfNoTalk(selection: selection, costing: costing))
        return search.best
    }
}
