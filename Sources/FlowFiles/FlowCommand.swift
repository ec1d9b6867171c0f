import RealTimeProtocol

/// A command as a step has it.
enum FlowCommand: Sendable {
    /// One that is the same in every call, and has been checked.
    case fixed(Command)
    /// One with names in it.
    case template(String, FlowParameter)

    var name: String {
        switch self {
        case .fixed(let command): command.name
        case .template(let name, _): name
        }
    }

    /// The command for a call.
    func resolved(_ values: FlowValues) -> Command {
        switch self {
        case .fixed(let command): command
        // Its name was found when the file was read.
        case .template(let name, let parameters):
            Command(name, params: parameters.params(of: name, values).params) ?? .hangup(Hangup())
        }
    }

    var isFixed: Bool {
        if case .fixed = self { true } else { false }
    }
}
