import TalkDetection
import TelephonyAudio
package import ThresholdTuning

/// What tuning found, in JSON.
package struct TuneRecord: Encodable {
    struct Parameters: Encodable {
        let minMs: Int
        let maxMs: Int
        let silenceMs: Int
        let analysistimeMs: Int

        init(_ candidate: Candidate) {
            minMs = candidate.milliseconds(.minimum)
            maxMs = candidate.milliseconds(.maximum)
            silenceMs = candidate.milliseconds(.silence)
            analysistimeMs = candidate.milliseconds(.analysisTime)
        }
    }

    struct HeldOutRecord: Encodable {
        let error: Double
        let falseTalk: Double
        let missed: Double
        let clips: Int
        let interval: [Double]
        let groups: Int
        let cost: Double
        let costInterval: [Double]
        let cheapestCost: Double
        let cheapestCostInterval: [Double]
    }

    struct Counts: Encodable {
        let found: Int
        let missed: Int
        let falseTalk: Int
        let quiet: Int
        let error: Double

        init(_ confusion: Confusion) {
            found = confusion.found
            missed = confusion.missed
            falseTalk = confusion.falseTalk
            quiet = confusion.quiet
            error = confusion.error
        }
    }

    struct Range: Encodable {
        let least: Int
        let most: Int
    }

    struct Search: Encodable {
        let combinations: Double
        let detectorRuns: Double
        let thresholds: [Int]
        let conditions: [String]
    }

    struct File: Encodable {
        let file: String
        let label: String
        let answer: String
        let right: Bool
        let decidedMs: Double?
        let reason: String
        let wrongShare: Double
    }

    struct Doubtful: Encodable {
        let file: String
        let label: String
        let reason: String
        /// The recording with the same content and the other label, if that is why.
        let sameAs: String?

        init(_ label: DoubtfulLabel) {
            file = label.recording.levels.location
            self.label = label.recording.isTalk ? "talk" : "no-talk"
            reason = "\(label.reason)"
            if case .contradicted(let name) = label.reason { sameAs = name } else { sameAs = nil }
        }
    }

    struct FindingRecord: Encodable {
        let subject: String
        let text: String
    }

    let recommendation: Parameters
    let heldOut: HeldOutRecord?
    let classifier: String
    let comparison: ClassifierChoice.Record?
    let doubt: String?
    let unknowns: [String]
    let doubtfulLabels: [Doubtful]
    let command: String
    let call: String
    let words: String
    /// How long the prompt has to last, or lasts.
    let mediaMs: Double
    let foundByLongerMedia: Int
    let cost: Double
    let cheapest: Parameters
    let cheapestCost: Double
    let pageCost: Double
    let confusion: Counts
    let pageConfusion: Counts
    let robustConfusion: Counts
    let decisionMs: Double?
    let plateau: [String: Range]
    let search: Search
    let files: [File]
    let findings: [FindingRecord]

    package init(
        _ result: TuningResult, _ recommendation: Recommendation, _ choice: ClassifierChoice, findings: [TuningError]
    ) {
        classifier = result.options.classifier.name
        comparison = choice.record
        self.recommendation = Parameters(result.plateau.middle)
        heldOut = result.heldOut.map { heldOut in
            HeldOutRecord(
                error: heldOut.error, falseTalk: heldOut.falseTalk, missed: heldOut.missed,
                clips: heldOut.recordingCount,
                interval: [heldOut.interval.low, heldOut.interval.high], groups: heldOut.groupCount, cost: heldOut.cost,
                costInterval: [heldOut.costInterval.low, heldOut.costInterval.high], cheapestCost: heldOut.cheapestCost,
                cheapestCostInterval: [heldOut.cheapestCostInterval.low, heldOut.cheapestCostInterval.high])
        }
        doubt = result.doubt
        unknowns = result.unknowns
        doubtfulLabels = result.doubtfulLabels.map(Doubtful.init)
        (command, call, words) = (recommendation.json, recommendation.call, recommendation.words)
        mediaMs = (result.options.media ?? .milliseconds(recommendation.analysisTime)) / .milliseconds(1)
        foundByLongerMedia = result.late.count
        (cost, cheapestCost, pageCost) = (result.cost, result.cheapestCost, result.pageCost)
        cheapest = Parameters(result.cheapest)
        confusion = Counts(result.confusion)
        pageConfusion = Counts(result.pageConfusion)
        robustConfusion = Counts(result.robustConfusion)
        decisionMs = result.decisionTime.map { $0 / .milliseconds(1) }
        plateau = Dictionary(
            uniqueKeysWithValues: Axis.allCases.map { axis in
                let range = result.plateau.milliseconds(axis)
                return (axis.rawValue, Range(least: range.lowerBound, most: range.upperBound))
            })
        search = Search(
            combinations: Candidate.combinationCount, detectorRuns: result.detectorRunCount,
            thresholds: result.options.thresholds.map(\.rawValue),
            conditions: result.conditions.map(\.description))
        files = result.judgements.map { judgement in
            File(
                file: judgement.recording.levels.location, label: judgement.recording.isTalk ? "talk" : "no-talk",
                answer: judgement.verdict.result.rawValue, right: judgement.isRight,
                decidedMs: judgement.verdict.instant.map { $0 / .milliseconds(1) }, reason: judgement.reason,
                wrongShare: judgement.errorShare)
        }
        self.findings = findings.map { FindingRecord(subject: $0.subject, text: $0.reason) }
    }
}
