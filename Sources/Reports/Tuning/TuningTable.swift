import Presentation
import TalkDetection
public import ThresholdTuning

/// What is answered to each recording by the recommended parameters, as CSV.
public struct TuningTable: Sendable {
    private let result: TuningResult

    /// The table of a result.
    public init(_ result: TuningResult) {
        self.result = result
    }

    /// The whole file.
    public var text: String {
        let rows = result.judgements.map { judgement in
            [
                CSV.field(judgement.recording.levels.location),
                judgement.recording.isTalk ? "talk" : "no-talk",
                judgement.verdict.result.rawValue, judgement.isRight ? "right" : "wrong",
                judgement.verdict.instant.map { "\(Int($0 / .milliseconds(1)))" } ?? "",
                CSV.field(judgement.reason), "\((judgement.errorShare * 10_000).rounded() / 10_000)",
            ].joined(separator: ",")
        }
        return (["file,label,answer,judged,decided_ms,reason,wrong_share"] + rows).map { $0 + "\n" }.joined()
    }
}
