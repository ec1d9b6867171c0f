extension Command.Kind {
    /// What such a command can answer.
    package var results: ResultForm { form.results }

    /// The names of its parameters, in the page's order.
    package var parameterNames: [String] { form.definition.fieldNames }

    /// A command of such parameters, without what has errors; and what is wrong with them, or unusual, as
    /// ``Command/findings`` has it.
    package func command(params: JSON) -> (command: Command, findings: [Finding]) { form.read(params) }

    /// Whether the platform writes the result as a number.
    package var resultIsNumber: Bool { form.resultIsNumber }

    /// Whether all that it does is to play, so that its result is whether that succeeded.
    package var isPlayback: Bool { form.isPlayback }

    var form: CommandForm { CommandForm.byName[rawValue]! }
}

/// A command as the wire has it: its name, its members, and how to make it of them.
struct CommandForm: Sendable {
    let name: String
    let summary: String
    let definition: any AnyDefinition
    let results: ResultForm
    let resultIsNumber: Bool
    let isPlayback: Bool
    let read: @Sendable (JSON) -> (command: Command, findings: [Finding])

    init<Parameters: DefinedCommand>(_ command: @escaping @Sendable (Parameters) -> Command) {
        name = Parameters.name
        summary = Parameters.summary
        definition = Parameters.definition
        results = Parameters.Result.form
        resultIsNumber = Parameters.resultIsNumber
        isPlayback = Parameters.Result.self == PlaybackResult.self
        read = {
            let (parameters, findings) = Parameters.definition.read($0)
            return (command(parameters), findings)
        }
    }

    /// All commands, in the page's order.
    static let all = Command.Kind.allCases.map { $0.makeForm() }

    /// The same by their names.
    static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
