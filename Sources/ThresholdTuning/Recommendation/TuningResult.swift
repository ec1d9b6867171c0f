public import TalkDetection

/// What tuning found.
public struct TuningResult: Sendable {
    /// What it was tuned for.
    public let options: TuningOptions
    /// The line conditions that candidates were scored under.
    public let conditions: [LineCondition]
    /// The parameters that are recommended.
    public let parameters: TalkParameters
    /// The plateau that they are the middle of.
    public let plateau: Plateau
    /// The candidate that costs least of all.
    public let cheapest: Candidate
    /// The mean cost of a recording with the recommended parameters.
    public let cost: Double
    /// The mean cost of a recording with the cheapest candidate.
    public let cheapestCost: Double
    /// By how much the cheapest may be exceeded on the plateau, for a recording.
    public let tolerance: Double
    /// The mean cost of a recording with what the platform's page recommends.
    public let pageCost: Double
    /// How the recommended parameters answer the recordings as they are, at the platform's threshold.
    public let confusion: Confusion
    /// The same with what the platform's page recommends.
    public let pageConfusion: Confusion
    /// How they answer under all conditions and thresholds.
    public let robustConfusion: Confusion
    /// The same with what the platform's page recommends.
    public let pageRobustConfusion: Confusion
    /// Of the recordings with talk, how many would be answered TALK if the prompt went on, and when the last of them would be;
    /// none where the prompt is as long as any recording.
    public let late: (count: Int, last: Duration)
    /// The mean time of the decision where talk is found, over all conditions and thresholds; nil if it never is.
    public let decisionTime: Duration?
    /// For each recording what the recommended parameters do, by name.
    public let judgements: [Judgement]
    /// Recordings whose labels may be wrong, the most doubtful first.
    public let doubtfulLabels: [DoubtfulLabel]
    /// What the recordings do not tell, in sentences.
    public let unknowns: [String]
    /// How parameters do on recordings that they were not chosen on; nil if there is but one group of recordings.
    public let heldOut: HeldOut?
    /// Why the held-out figures do not tell much, if they do not.
    public let doubt: String?
    /// What can be had between false talk, missed talk and time.
    public let frontier: [FrontierPoint]
    /// The cost over each pair of parameters.
    public let heatMaps: [HeatMap]
    /// Lengths of talkspurts and pauses.
    public let lengths: Lengths
    /// How many candidates the frontier was looked for among.
    public let gridCount: Int

    /// How many runs of the detector the search stands for: each combination that the API accepts, on each recording, under
    /// each condition, at each threshold.
    public var detectorRunCount: Double {
        Candidate.combinationCount * Double(judgements.count * conditions.count * options.thresholds.count)
    }
}
