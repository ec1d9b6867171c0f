import ParallelWork
import Synchronization
import TalkDetection
public import TelephonyAudio

/// Finds the parameters of `play_talk_detect` that do best on labelled recordings, and are robust.
///
/// ```swift
/// let tuner = try Tuner(recordings, conditions: LineCondition.standard, options: TuningOptions(prices: Prices()))
/// let result = tuner.run(jobs: 2)
/// print(result.parameters.minimum, result.heldOut!.error)
/// ```
///
/// Every candidate is scored under every line condition and at every threshold (``Prices`` says how); of all combinations
/// that the API accepts the cheapest is found exactly (`CellSearch`), and what is recommended is the middle of the
/// ``Plateau`` around it. The result depends on the set of recordings alone: not on their order, and not on the number of
/// threads.
public struct Tuner: Sendable {
    private let recordings: [LabelledRecording]
    /// The same as far as the prompt lasts.
    private let heard: [RecordingLevels]
    private let conditions: [LineCondition]
    private let options: TuningOptions
    private let costing: Costing
    private let selection: Selection
    private let folds: Folds
    /// In how many recordings without talk, as they are, nothing is taken for talk, at the threshold that the platform is taken to
    /// have: they tell nothing.
    private let silentCount: Int

    /// A tuner.
    ///
    /// - Parameters:
    ///   - recordings: with levels under the conditions; one that is there twice, by name and content, counts once.
    ///   - conditions: those of the levels; ``LineCondition/unchanged`` has to be among them.
    ///   - options: what to tune for.
    /// - Throws: an error that says what is missing: recordings of both labels, or the recordings as they are.
    public init(
        _ recordings: [LabelledRecording], conditions: [LineCondition], options: TuningOptions
    ) throws(TuningError) {
        guard conditions.contains(.unchanged) else {
            throw TuningError(.levels, "levels", "do not hold the recordings as they are: 0 dB, no noise")
        }
        var seen: Set<String> = []
        self.recordings = recordings.sorted {
            ($0.levels.name, $0.levels.digest.text) < ($1.levels.name, $1.levels.digest.text)
        }.filter { seen.insert("\($0.levels.digest.text) \($0.levels.name)").inserted }
        for (isTalk, kind) in [(true, "with"), (false, "without")]
        where !self.recordings.contains(where: { $0.isTalk == isTalk }) {
            throw TuningError(
                .recordings, "recordings", "there are none \(kind) talk; both kinds are needed to tell them apart")
        }
        self.conditions = conditions
        self.options = options
        heard = self.recordings.map { $0.levels.heard(during: options.media) }
        costing = Costing(options.prices)
        selection = Selection(isTalk: self.recordings.map(\.isTalk))
        folds = Folds(keys: self.recordings.map(\.groupKey), isTalk: selection.isTalk, seed: options.seed)
        let unchanged = conditions.firstIndex(of: .unchanged)!
        silentCount = zip(self.recordings, heard).count { recording, heard in
            !recording.isTalk
                && heard.levels(condition: unchanged).allSatisfy { $0 < options.nominalThreshold.rawValue }
        }
    }

    /// Searches.
    ///
    /// - Parameters:
    ///   - jobs: how many threads.
    ///   - progress: is told the part of the work that is done, 0...1, from time to time and from any thread.
    /// - Returns: the recommendation, and all there is to say about it.
    public func run(jobs: Int = 1, progress: @Sendable (Double) -> Void = { _ in }) -> TuningResult {
        // Nobody stops it.
        run(jobs: jobs, progress: progress, isStopped: { false })!
    }

    /// Searches as ``run(jobs:progress:)`` does, until it is stopped.
    ///
    /// - Parameter isStopped: whether nobody wants the result any more; asked from time to time and from any thread.
    /// - Returns: nil if it was stopped.
    package func run(
        jobs: Int, progress: @Sendable (Double) -> Void, isStopped: @escaping @Sendable () -> Bool
    ) -> TuningResult? {
        let views = conditions.indices.flatMap { condition in
            options.thresholds.map { (condition: condition, threshold: $0.rawValue) }
        }
        let levels = heard
        var table = RunTable(levels, views: views, leastSilence: leastSilence, jobs: jobs)
        table.isStopped = isStopped
        let nominal = RunTable(
            levels, views: [(conditions.firstIndex(of: .unchanged)!, options.nominalThreshold.rawValue)], jobs: jobs)
        progress(0.05)
        let grid = Grid(table)
        let frontier = table.frontier(grid: grid, selection: selection, jobs: jobs)
        progress(0.15)
        if isStopped() { return nil }
        // Any start gives the same result; a good one gives it sooner.
        let start = cheapest(of: frontier).keepingSilence(leastSilence)
        let found = table.cheapest(selection: selection, costing: costing, from: start, jobs: jobs)
        let plateau = plateau(table, found, selection)
        progress(0.4)
        if isStopped() { return nil }
        let heldOut = heldOut(table, nominal, from: found.candidate, jobs: jobs) { progress(0.4 + 0.55 * $0) }
        if isStopped() { return nil }
        let maps = table.heatMaps(plateau, selection: selection, costing: costing, jobs: jobs)
        let scale = scale(table, recordings.count)
        func cost(_ candidate: Candidate) -> Double {
            Double(table.cost(candidate, selection: selection, costing: costing)) / scale
        }
        let page = Candidate(TalkParameters())  // its defaults are the page's
        let (robust, decisionTime) = robustConfusion(table, plateau.middle)
        progress(1)
        return TuningResult(
            options: options, conditions: conditions, parameters: plateau.middle.parameters, plateau: plateau,
            cheapest: found.candidate, cost: cost(plateau.middle),
            cheapestCost: Double(found.cost) / scale,
            tolerance: Double(plateau.tolerance) / scale, pageCost: cost(page),
            confusion: confusion(nominal, plateau.middle), pageConfusion: confusion(nominal, page),
            robustConfusion: robust, pageRobustConfusion: robustConfusion(table, page).0,
            late: late(plateau.middle), decisionTime: decisionTime,
            judgements: judgements(table, plateau.middle), doubtfulLabels: doubtfulLabels(table, plateau.middle),
            unknowns: unknowns,
            heldOut: heldOut, doubt: doubt(heldOut), frontier: frontier, heatMaps: maps,
            lengths: nominal.lengths(silence: plateau.middle.silence, isTalk: selection.isTalk), gridCount: grid.count)
    }

    /// From a sum over recordings, in integers, to the mean of one.
    private func scale(_ table: RunTable, _ count: Int) -> Double {
        1e6 * Double(table.weightOfRecording) * Double(count)
    }

    /// The point of the frontier that is cheapest by its rates.
    private func cheapest(of frontier: [FrontierPoint]) -> Candidate {
        let prices = options.prices
        let talk = Double(selection.isTalk.count { $0 })
        let other = Double(selection.isTalk.count) - talk
        let costs = frontier.map { point in
            let rates = point.rates
            let found = prices.second * rates.seconds * (1 - rates.missed)
            return (
                cost: talk * (prices.missed * rates.missed + found) + other * prices.falseTalk * rates.falseTalk, point
            )
        }
        return costs.min { $0.cost < $1.cost }?.1.candidate ?? Candidate(TalkParameters())
    }

    private func plateau(_ table: RunTable, _ cheapest: Priced, _ selection: Selection) -> Plateau {
        let tolerance = table.tolerance(
            of: cheapest.candidate, groups: folds.groups, selection: selection, costing: costing)
        return table.plateau(around: cheapest, tolerance: tolerance, selection: selection, costing: costing)
    }

    private func confusion(_ nominal: RunTable, _ candidate: Candidate) -> Confusion {
        var confusion = Confusion()
        for clip in nominal.clips {
            confusion.add(
                isTalk: selection.isTalk[Int(clip.recording)], answer: nominal.decision(clip, candidate) > 0)
        }
        return confusion
    }

    private func robustConfusion(_ table: RunTable, _ candidate: Candidate) -> (Confusion, Duration?) {
        var confusion = Confusion()
        var frames = 0
        for clip in table.clips {
            let decision = table.decision(clip, candidate)
            let isTalk = selection.isTalk[Int(clip.recording)]
            confusion.add(isTalk: isTalk, answer: decision > 0, weight: Int(clip.weight))
            if isTalk { frames += decision * Int(clip.weight) }
        }
        let time = confusion.found > 0 ? Duration.milliseconds(frames * 20 / confusion.found) : nil
        return (confusion, time)
    }

    /// No shorter `silence_ms` is looked for: what the options ask for, or more, where the recordings do not tell.
    ///
    /// Two tuners are compared fairly only where it is the same for both.
    package var leastSilenceDuration: Duration { .milliseconds(20 * leastSilence) }

    /// Without anything that sounds where there is no talk, nothing keeps `silence_ms` from being so short that it ends talk
    /// within a word.
    private var leastSilence: Int {
        let asked = min(Axis.silence.range.upperBound, max(0, options.leastSilence.milliseconds / 20))
        return tellsSilence ? asked : max(asked, Self.leastUsualSilence)
    }

    /// Whether in most of the recordings without talk something is taken for talk.
    private var tellsSilence: Bool { 2 * silentCount <= selection.isTalk.count { !$0 } }

    /// In frames: stops and pauses within a word are shorter.
    private static let leastUsualSilence = 10

    /// What the recordings do not tell, in sentences.
    private var unknowns: [String] {
        let count = selection.isTalk.count { !$0 }
        guard !tellsSilence else { return [] }
        // The adaptive classifier goes by more than loudness.
        let found =
            switch options.classifier {
            case .adaptive:
                "in \(silentCount) of the \(count) recordings without talk nothing is taken for speech"
            case .thresholds: "\(silentCount) of the \(count) recordings without talk are silent throughout"
            }
        let telling =
            switch options.classifier {
            case .adaptive: "speech, music and answering machines"
            case .thresholds: "noise, music and answering machines"
            }
        return [
            "\(found): how long talk has to be, and how much silence has to follow, can't be told from them; \(telling) would "
                + "tell. silence_ms is kept over \(20 * leastSilence), since shorter silences lie within words"
        ]
    }

    /// Labels that are doubted: by the recommended parameters, and by the same with a pause that does not divide words.
    private func doubtfulLabels(_ table: RunTable, _ candidate: Candidate) -> [DoubtfulLabel] {
        let patient = candidate.with(.silence, max(candidate.silence, Self.patientSilence))
        let contradictions = recordings.contradictions
        let doubtful = recordings.indices.compactMap { index -> DoubtfulLabel? in
            if let other = contradictions[index] {
                return DoubtfulLabel(recording: recordings[index], reason: .contradicted(by: other))
            }
            let share = max(errorShare(table, index, candidate), errorShare(table, index, patient))
            guard share >= DoubtfulLabel.doubtfulShare else { return nil }
            return DoubtfulLabel(recording: recordings[index], reason: .answeredOtherwise(share: share))
        }
        return doubtful.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element)
    }

    /// In frames.
    private static let patientSilence = 15

    /// Of all conditions and thresholds, the share under which a recording is not answered as its label says.
    private func errorShare(_ table: RunTable, _ index: Int, _ candidate: Candidate) -> Double {
        var wrong = 0
        for clip in table.clips[table.firstClips[index]..<table.firstClips[index + 1]]
        where (table.decision(clip, candidate) > 0) != recordings[index].isTalk { wrong += Int(clip.weight) }
        return Double(wrong) / Double(table.weightOfRecording)
    }

    /// Who would be found if the prompt went on: with all else as recommended, on the recordings as they are.
    private func late(_ candidate: Candidate) -> (count: Int, last: Duration) {
        guard let media = options.media else { return (0, .zero) }
        let parameters = candidate.with(.analysisTime, Axis.analysisTime.range.upperBound).parameters
        let condition = conditions.firstIndex(of: .unchanged)!
        var late = (count: 0, last: Duration.zero)
        for (recording, heard) in zip(recordings, heard)
        where recording.isTalk && heard.frameCount < recording.levels.frameCount {
            let (verdict, _) = recording.levels.run(
                parameters, condition: condition, threshold: options.nominalThreshold)
            guard let instant = verdict.instant, instant >= media + .milliseconds(20) else { continue }
            late = (late.count + 1, max(late.last, instant))
        }
        return late
    }

    private func judgements(_ table: RunTable, _ candidate: Candidate) -> [Judgement] {
        let parameters = candidate.parameters
        let condition = conditions.firstIndex(of: .unchanged)!
        return recordings.enumerated().map { index, recording in
            let threshold = options.nominalThreshold
            let (verdict, talkspurts) = heard[index].run(parameters, condition: condition, threshold: threshold)
            let reasoning = Reasoning(
                parameters: parameters, verdict: verdict, talkspurts: talkspurts, threshold: threshold,
                isAdaptive: options.classifier == .adaptive,
                loudest: Int(heard[index].levels(condition: condition).max() ?? 0))
            return Judgement(
                recording: recording, verdict: verdict, talkspurts: talkspurts, reason: reasoning.text,
                errorShare: errorShare(table, index, candidate))
        }
    }
}

// MARK: - What is held out

extension Tuner {
    /// What one split found, and how it does on what was held out.
    private struct Split: Sendable {
        let recommended: Candidate
        /// For each recording that was held out: its place, its costs, and whether it is answered TALK.
        var judged: [(recording: Int, cost: Int64, cheapestCost: Int64, answer: Bool)] = []
    }

    private func heldOut(
        _ table: RunTable, _ nominal: RunTable, from start: Candidate, jobs: Int, progress: @Sendable (Double) -> Void
    ) -> HeldOut? {
        guard folds.groupCount > 1 else { return nil }
        let cases = (0..<Folds.repetitions).flatMap { repetition in
            (0..<Folds.partCount).map { (repetition: repetition, part: $0) }
        }
        let done = Mutex(0)
        let splits = parallelMap(cases, jobs: jobs) { item in
            let parts = folds.parts[item.repetition]
            let split = split(table, nominal, heldOut: parts.map { $0 == item.part }, from: start)
            progress(
                done.withLock {
                    $0 += 1
                    return Double($0) / Double(cases.count)
                })
            return split
        }
        return summary(splits.filter { !$0.judged.isEmpty }, table)
    }

    private func split(_ table: RunTable, _ nominal: RunTable, heldOut: [Bool], from start: Candidate) -> Split {
        let training = Selection(isTalk: selection.isTalk, isIncluded: heldOut.map { !$0 })
        let found = table.cheapest(selection: training, costing: costing, from: start, jobs: 1)
        let plateau = plateau(table, found, training)
        let rest = Selection(isTalk: selection.isTalk, isIncluded: heldOut)
        let costs = table.costsOfRecordings(plateau.middle, selection: rest, costing: costing)
        let cheapestCosts = table.costsOfRecordings(found.candidate, selection: rest, costing: costing)
        var split = Split(recommended: plateau.middle)
        for clip in nominal.clips where heldOut[Int(clip.recording)] {
            let recording = Int(clip.recording)
            split.judged.append(
                (recording, costs[recording], cheapestCosts[recording], nominal.decision(clip, plateau.middle) > 0))
        }
        return split
    }

    private func summary(_ splits: [Split], _ table: RunTable) -> HeldOut {
        var confusion = Confusion()
        var (costs, cheapestCosts) = (
            [Int64](repeating: 0, count: recordings.count), [Int64](repeating: 0, count: recordings.count)
        )
        for item in splits.flatMap(\.judged) {
            confusion.add(isTalk: selection.isTalk[item.recording], answer: item.answer)
            costs[item.recording] += item.cost
            cheapestCosts[item.recording] += item.cheapestCost
        }
        let scale = scale(table, 1) * Double(Folds.repetitions)
        func sums(_ costs: [Int64]) -> [(sum: Double, count: Int)] {
            var groups = [(sum: Double, count: Int)](repeating: (0, 0), count: folds.groupCount)
            for (index, group) in folds.groups.enumerated() {
                groups[group].sum += Double(costs[index]) / scale
                groups[group].count += 1
            }
            return groups
        }
        func figures(_ costs: [Int64]) -> (Double, Interval) {
            let mean = Double(costs.reduce(0, +)) / scale / Double(recordings.count)
            return (mean, Interval(bootstrap: sums(costs), seed: options.seed))
        }
        let (cost, costInterval) = figures(costs)
        let (cheapestCost, cheapestCostInterval) = figures(cheapestCosts)
        return HeldOut(
            error: confusion.error, falseTalk: confusion.falseTalkShare, missed: confusion.missedShare,
            recordingCount: recordings.count, groupCount: folds.groupCount,
            interval: Interval(wilson: confusion.error, count: folds.groupCount), cost: cost,
            costInterval: costInterval,
            cheapestCost: cheapestCost, cheapestCostInterval: cheapestCostInterval,
            groups: sums(costs).map { HeldOut.Group(cost: $0.sum, count: $0.count) },
            recommendations: splits.map(\.recommended))
    }

    /// Fewer than ten groups of either label, or an interval wider than a fifth, do not tell.
    private func doubt(_ heldOut: HeldOut?) -> String? {
        let words = "too few recordings to tell"
        guard let heldOut else { return "\(words): there is but one speaker or recording" }
        for (isTalk, kind) in [(true, "with"), (false, "without")] {
            let count = Set(zip(folds.groups, selection.isTalk).filter { $0.1 == isTalk }.map(\.0)).count
            let noun = heldOut.groupCount == recordings.count ? "recordings" : "speakers or recordings"
            guard count >= 10 else { return "\(words): there are \(count) \(noun) \(kind) talk; 10 are the least" }
        }
        let (low, high) = (heldOut.interval.low * 100, heldOut.interval.high * 100)
        guard high - low > 20 else { return nil }
        return "\(words): the error may be anything from \(Int(low.rounded())) to \(Int(high.rounded())) %"
    }
}
