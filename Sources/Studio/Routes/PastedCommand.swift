import RealTimeAPI
import RecordingDetection
import TalkDetection

/// A detection as the platform is sent it, and as a handler in Swift says it.
struct PastedCommand {
    /// A whole response, in JSON; nil of what the API has no command for.
    let wire: [UInt8]?
    let call: String?

    /// Stands for the media that the caller will hear.
    private static let media = Media.library(1234)

    init(_ detection: Detection) {
        switch detection.kind {
        case .talk(let parameters, _):
            let command = PlayTalkDetect(
                Self.media, minimum: parameters.minimum, maximum: parameters.maximum ?? PlayTalkDetect.maximum.default,
                silence: parameters.silence,
                analysisTime: parameters.analysisTime ?? PlayTalkDetect.analysisTime.default)
            wire = Self.response(.playTalkDetect(command))
            call =
                "PlayTalkDetect(.library(1234), minimum: \(Self.text(command.minimum)), maximum: \(Self.text(command.maximum)), "
                + "silence: \(Self.text(command.silence)), analysisTime: \(Self.text(command.analysisTime)))"
        case .silence(let parameters):
            wire = Self.response(
                .waitForSilence(
                    WaitForSilence(parameters.silence, iterations: parameters.iterations, timeout: parameters.timeout)))
            call =
                "WaitForSilence(\(Self.text(parameters.silence)), iterations: \(parameters.iterations), "
                + "timeout: \(Self.text(parameters.timeout)))"
        case .recording(let parameters):
            wire = Self.response(
                .record(Record(silence: parameters.silence, maximumDuration: parameters.maximumDuration)))
            call =
                "Record(silence: \(Self.text(parameters.silence)), maximumDuration: \(Self.text(parameters.maximumDuration)))"
        case .answeringMachine, .dtmf, .activity: (wire, call) = (nil, nil)
        }
    }

    private static func response(_ command: Command) -> [UInt8] {
        Array(Response(command, commandID: 1, variables: .emptyObject).json)
    }

    private static func text(_ duration: Duration) -> String {
        let milliseconds = Int(duration / .milliseconds(1))
        return milliseconds.isMultiple(of: 1000) && milliseconds > 0
            ? ".seconds(\(milliseconds / 1000))" : ".milliseconds(\(milliseconds))"
    }
}
