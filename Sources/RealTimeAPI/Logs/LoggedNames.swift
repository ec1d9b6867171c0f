/// What logs say for a name that is not known, in which somebody may have sent a number.
private let unknownName = "unknown"

extension CallStatus {
    /// The name as logs have it.
    package var loggedName: String { if case .other = self { unknownName } else { name } }
}

extension Request {
    /// The command that has ended, as logs have it.
    package var loggedCommand: String {
        command.isEmpty || Command.Kind(rawValue: command) != nil ? command : unknownName
    }
}
