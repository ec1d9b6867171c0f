/// What a command can answer, for those who look at results as text.
package enum ResultForm: Sendable, Hashable {
    /// One of some words.
    case words([String])
    /// Keys that the caller pressed, or one of some words.
    case keys(or: [String])
    /// Some name that the platform makes up, or what is not documented.
    case text

    init<Result: CommandResult>(_ type: Result.Type) {
        if let named = type as? any NamedResult.Type {
            self = .words(named.words)
        } else {
            self = type == Read.Result.self ? .keys(or: [Read.Result.timeout.wire]) : .text
        }
    }
}

extension NamedResult {
    fileprivate static var words: [String] { names.map(\.1) }
}

extension Command {
    /// What a command can answer; nil if there is no such command.
    package static func resultForm(of name: String) -> ResultForm? { form(name)?.results }

    /// The members of a command's parameters, in the page's order; nil if there is no such command.
    package static func parameterNames(of name: String) -> [String]? { form(name)?.definition.fieldNames }

    /// What is wrong with parameters, or unusual, as ``findings`` has it.
    package static func findings(_ name: String, params: JSON) -> [Finding] {
        form(name)?.definition.findings(params) ?? []
    }

    /// A command of its name and parameters.
    ///
    /// What has errors is left out of it; nil if there is no such command.
    package init?(_ name: String, params: JSON) {
        guard let form = Command.form(name) else { return nil }
        self = form.read(params).command
    }
}
