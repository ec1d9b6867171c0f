import TalkDetection
import ThresholdTuning

/// What is answered to each recording, as CSV.
struct TuneTable {
    private let result: TuningResult

    init(_ result: TuningResult) {
        self.result = result
    }

    /// The whole file.
    var text: String {
        let rows = result.judgements.map { judgement in
            [
                LabelFormat.quoted(judgement.recording.levels.location),
                judgement.recording.isTalk ? "talk" : "no-talk",
                judgement.verdict.result.rawValue, judgement.isRight ? "right" : "wrong",
                judgement.verdict.instant.map { "\(Int($0 / .milliseconds(1)))" } ?? "",
                LabelFormat.quoted(judgement.reason), "\((judgement.errorShare * 10_000).rounded() / 10_000)",
            ].joined(separator: ",")
        }
        return (["file,label,answer,judged,decided_ms,reason,wrong_share"] + rows).map { $0 + "\n" }.joined()
    }
}
