import RealTimeAPI

/// What `rtmedia detect` can predict or find.
package enum DetectedCommand: RawRepresentable, Sendable, CaseIterable {
    case playTalkDetect
    case waitForSilence
    case record
    case amd
    case dtmf
    case activity

    package init?(rawValue name: String) {
        guard let command = Self.allCases.first(where: { $0.rawValue == name }) else { return nil }
        self = command
    }

    /// The command's name on the wire, or what the API has no command for.
    package var rawValue: String {
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
