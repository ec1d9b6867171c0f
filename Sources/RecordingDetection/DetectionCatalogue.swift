package import RealTimeAPI
import TalkDetection

/// Commands and settings as pages know them: in JSON.
package enum DetectionCatalogue {
    /// The commands, with the names of their settings.
    package static var commands: JSON {
        .array(
            DetectedCommand.allCases.map { command in
                let settings = DetectionSetting.allCases.filter { $0.commands.contains(command) }
                return .object([
                    JSON.Member("name", .string(command.rawValue)),
                    JSON.Member("settings", .array(settings.map { .string($0.name) })),
                ])
            })
    }

    /// The settings, with what they are called, their ranges and their defaults by command.
    ///
    /// - Parameter option: the option that gives a setting.
    package static func settings(option: (DetectionSetting) -> String) -> JSON {
        .array(DetectionSetting.allCases.map { json($0, option: option($0)) })
    }

    private static func json(_ setting: DetectionSetting, option: String) -> JSON {
        let ranges = setting.commands.compactMap { command in setting.range(of: command).map { (command, $0) } }
        let usual = setting.commands.compactMap { command -> JSON.Member? in
            if let first = setting.choices.first { return JSON.Member(command.rawValue, .string(first.key)) }
            return setting.usual(for: command).map { JSON.Member(command.rawValue, .integer($0)) }
        }
        let bounds = ranges.map { command, range in
            JSON.Member(command.rawValue, .array([.integer(range.lowerBound), .integer(range.upperBound)]))
        }
        let choices = setting.choices.map { JSON.array([.string($0.key), .string($0.value)]) }
        return .object([
            JSON.Member("name", .string(setting.name)), JSON.Member("kind", .string(setting.kind)),
            JSON.Member("choices", .array(choices)),
            JSON.Member("title", .string(setting.title)),
            JSON.Member("unit", setting.unit.map { .string($0.rawValue) } ?? .null),
            JSON.Member("least", ranges.map(\.1.lowerBound).min().map { .integer($0) } ?? .null),
            JSON.Member("most", ranges.map(\.1.upperBound).max().map { .integer($0) } ?? .null),
            JSON.Member("ranges", .object(bounds)), JSON.Member("usual", .object(usual)),
            JSON.Member("option", .string(option)), JSON.Member("help", .string(setting.help)),
        ])
    }
}

extension DetectionSetting {
    /// What kind of control it wants.
    fileprivate var kind: String {
        switch self {
        case .rules, .clock: "choice"
        case .threshold: "threshold"
        default: "number"
        }
    }
}
