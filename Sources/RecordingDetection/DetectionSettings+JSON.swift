package import RealTimeAPI
import TalkDetection

extension DetectionSettings {
    /// Settings as they stand in an object: their names, and `command`; what is missing or null has its default.
    ///
    /// - Throws: an error that names the member that can't be understood.
    package init(_ json: JSON) throws(DetectionSettingError) {
        guard case .object(let members) = json else {
            throw DetectionSettingError("settings", "must be an object")
        }
        for member in members where member.value != .null {
            if member.name == "command" {
                command = try Self.named(
                    member, DetectedCommand.init(rawValue:), DetectedCommand.allCases.map(\.rawValue))
                continue
            }
            guard let setting = DetectionSetting(rawValue: member.name) else {
                throw DetectionSettingError(member.name.excerpt, "is no setting")
            }
            switch setting {
            case .rules: rules = try Self.named(member, RuleSet.init(rawValue:), RuleSet.allCases.map(\.rawValue))
            case .clock:
                clock = try Self.named(member, PacketClock.init(rawValue:), PacketClock.allCases.map(\.rawValue))
            case .threshold: classifier = try Self.classifier(member.value)
            default: numbers[setting] = try Self.number(member)
            }
        }
    }

    private static func named<Value>(
        _ member: JSON.Member, _ make: (String) -> Value?, _ names: [String]
    ) throws(DetectionSettingError) -> Value {
        guard case .string(let name) = member.value, let value = make(name) else {
            throw DetectionSettingError(member.name, "must be one of \(names.joined(separator: ", "))")
        }
        return value
    }

    private static func classifier(_ value: JSON) throws(DetectionSettingError) -> Classifier {
        switch value {
        case .string(let text), .number(let text): try Classifier(text: text)
        default: throw DetectionSettingError(DetectionSetting.threshold.name, "must be a number or a text")
        }
    }

    private static func number(_ member: JSON.Member) throws(DetectionSettingError) -> Int {
        guard case .number(let digits) = member.value, let number = Int(digits) else {
            throw DetectionSettingError(member.name, "must be a whole number")
        }
        return number
    }

    /// The settings that are given, and the command, as an object.
    package var json: JSON {
        var members = [JSON.Member("command", .string(command.rawValue))]
        for setting in given {
            let value: JSON? =
                switch setting {
                case .rules: rules.map { .string($0.rawValue) }
                case .clock: clock.map { .string($0.rawValue) }
                case .threshold: classifier.map { $0 == .adaptive ? .string($0.text) : .number($0.text) }
                default: numbers[setting].map { .integer($0) }
                }
            if let value { members.append(JSON.Member(setting.name, value)) }
        }
        return .object(members)
    }
}
