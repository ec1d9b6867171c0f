import RealTimeAPI
import TalkDetection
package import ThresholdTuning

/// The recommended parameters, ready to paste.
package struct Recommendation {
    package let minimum: Int
    package let maximum: Int
    package let silence: Int
    package let analysisTime: Int
    private let media: Duration?
    private let late: (count: Int, last: Duration)

    package init(_ result: TuningResult) {
        let middle = result.plateau.middle
        minimum = middle.milliseconds(.minimum)
        maximum = middle.milliseconds(.maximum)
        silence = middle.milliseconds(.silence)
        analysisTime = middle.milliseconds(.analysisTime)
        media = result.options.media
        late = result.late
    }

    /// Stands for the media that the caller will hear.
    private static let media = Media.library(1234)

    /// A whole response.
    package var json: String {
        let command = PlayTalkDetect(
            Self.media, minimum: .milliseconds(minimum), maximum: .milliseconds(maximum),
            silence: .milliseconds(silence), analysisTime: .milliseconds(analysisTime))
        return String(
            decoding: Response(.playTalkDetect(command), commandID: 1, variables: .emptyObject).json, as: UTF8.self)
    }

    /// A call in Swift.
    package var call: String {
        "PlayTalkDetect(.library(1234), minimum: .milliseconds(\(minimum)), maximum: .milliseconds(\(maximum)), "
            + "silence: .milliseconds(\(silence)), analysisTime: .milliseconds(\(analysisTime)))"
    }

    /// What it means, and what the prompt has to be like.
    package var words: String { "\(rule) \(prompt)" }

    /// A sentence about the prompt, with which listening ends.
    private var prompt: String {
        guard let media else {
            return "The prompt has to last \(inSeconds(analysisTime)) or longer, since listening ends with it."
        }
        let length = "The prompt lasts \(media.inSeconds), and listening ends with it"
        guard late.count > 0 else { return "\(length)." }
        return "\(length): \(late.count) more of the callers would be found with one of \(late.last.inSeconds)."
    }

    /// Whether the prompt is over too soon for callers who would be found otherwise.
    package var isPromptShort: Bool { late.count > 0 }

    /// A sentence about the parameters.
    private var rule: String {
        "Answer TALK as soon as someone has talked for more than \(inSeconds(minimum)) and less than \(inSeconds(maximum)) "
            + "and then been silent for more than \(inSeconds(silence)), all within the first \(inSeconds(analysisTime))."
    }

    private func inSeconds(_ milliseconds: Int) -> String { "\(Double(milliseconds) / 1000) s" }
}
