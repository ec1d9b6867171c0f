import CommandArguments
import RealTimeAPI

/// What `rtmedia detect` can predict or find.
enum DetectedCommand: RawRepresentable, Sendable, CaseIterable, ExpressibleByArgument {
    case playTalkDetect
    case waitForSilence
    case record
    case amd
    case dtmf
    case activity

    init?(rawValue name: String) {
        guard let command = Self.allCases.first(where: { $0.rawValue == name }) else { return nil }
        self = command
    }

    /// The command's name on the wire, or what the API has no command for.
    var rawValue: String {
        switch self {
        case .playTalkDetect: PlayTalkDetect.name
        case .waitForSilence: WaitForSilence.name
        case .record: Record.name
        case .amd: "amd"
        case .dtmf: "dtmf"
        case .activity: "activity"
        }
    }
}
