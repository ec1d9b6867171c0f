import RealTimeAPI

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

    /// The command for a call, and what is wrong with it, which is left out of it.
    func resolved(_ values: FlowValues) -> (command: Command, findings: [Finding]) {
        switch self {
        case .fixed(let command): return (command, [])
        // Its name was found when the file was read.
        case .template(let name, let parameters):
            let (params, findings) = parameters.params(of: name, values)
            return (Command(name, params: params) ?? .hangup(Hangup()), findings)
        }
    }
}
