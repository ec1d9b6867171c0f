import RealTimeAPI

/// A command as a step has it.
enum FlowCommand: Sendable {
    /// One that is the same in every call, and has been checked.
    case fixed(Command)
    /// One with names in it.
    case template(Command.Kind, FlowParameter)

    var kind: Command.Kind {
        switch self {
        case .fixed(let command): command.kind
        case .template(let kind, _): kind
        }
    }

    /// The command for a call, and what is wrong with it, which is left out of it.
    func resolved(_ values: FlowValues) -> (command: Command, findings: [Finding]) {
        switch self {
        case .fixed(let command): (command, [])
        case .template(let kind, let parameters): parameters.command(kind, values)
        }
    }
}
