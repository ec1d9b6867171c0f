import QuickCommands
import RealTimeAPI
import TalkDetection
import ThresholdTuning

/// The recommended parameters, ready to paste.
struct Recommendation {
    let minimum: Int
    let maximum: Int
    let silence: Int
    let analysisTime: Int

    init(_ result: TuningResult) {
        let middle = result.plateau.middle
        minimum = middle.milliseconds(.minimum)
        maximum = middle.milliseconds(.maximum)
        silence = middle.milliseconds(.silence)
        analysisTime = middle.milliseconds(.analysisTime)
    }

    /// Stands for the media that the caller will hear.
    private static let media = Media.library(1234)

    /// A whole response.
    var json: String {
        let command = PlayTalkDetect(
            Self.media, minimum: .milliseconds(minimum), maximum: .milliseconds(maximum),
            silence: .milliseconds(silence), analysisTime: .milliseconds(analysisTime))
        return String(
            decoding: Response(.playTalkDetect(command), commandID: 1, variables: .emptyObject).json, as: UTF8.self)
    }

    /// A call in Swift.
    var call: String {
        "PlayTalkDetect(.library(1234), minimum: .milliseconds(\(minimum)), maximum: .milliseconds(\(maximum)), "
            + "silence: .milliseconds(\(silence)), analysisTime: .milliseconds(\(analysisTime)))"
    }

    /// A sentence.
    var words: String {
        "Answer TALK as soon as someone has talked for more than \(inSeconds(minimum)) and less than \(inSeconds(maximum)) "
            + "and then been silent for more than \(inSeconds(silence)), all within the first \(inSeconds(analysisTime))."
    }

    private func inSeconds(_ milliseconds: Int) -> String { "\(Double(milliseconds) / 1000) s" }
}
