/// Why a command's words can't be used.
enum ParsingError: Error, CustomStringConvertible {
    case missing(ArgumentDefinition)
    case noValue(ArgumentDefinition, String)
    /// A word that stands for no value, and why, if more is to be said.
    case refused(ArgumentDefinition, String?, String, String?)
    case unwantedValue(String, String)
    /// An option, and those that there are.
    case unknownOption(String, [ArgumentDefinition])
    case unexpected([String], near: String? = nil)
    case invalid(String)
    case unknownShell(String?)
    case missingFolder

    var description: String {
        switch self {
        case .missing(let definition): "Missing expected argument '\(definition.synopsis(isRequired: true))'"
        case .noValue(let definition, let name): "Missing value for '\(name) <\(definition.valueName)>'"
        case .refused(let definition, let name, let word, let reason):
            "The value '\(word)' is invalid for '\(name.map { "\($0) " } ?? "")<\(definition.valueName)>'"
                + (reason.map { ": \($0)" } ?? Self.list(definition.allValues))
        case .unwantedValue(let name, let value):
            "The option '\(name)' does not take any value, but '\(value)' was specified."
        case .unknownOption(let name, _): "Unknown option '\(name)'"
        case .unexpected(let words, _) where words.count == 1: "Unexpected argument '\(words[0])'"
        case .unexpected(let words, _): "\(words.count) unexpected arguments: '\(words.joined(separator: "', '"))'"
        case .invalid(let reason): reason
        case .unknownShell(let shell):
            (shell.map { "Can't generate completion scripts for '\($0)'." } ?? "Can't autodetect a supported shell.")
                + "\nPlease use --generate-completion-script=<shell> with one of:\n    "
                + CompletionScript.allCases.map(\.rawValue).joined(separator: " ")
        case .missingFolder: "Missing value for '--generate-manual <folder>'"
        }
    }

    /// What the argument is that the error is about, as in `--pad <ms>  Silence to add`; nil if it is about none.
    var help: String? {
        switch self {
        case .missing(let definition):
            "\(definition.isPositional ? "" : "\(definition.synopsisName) ")<\(definition.valueName)>  \(definition.help.abstract)"
        case .noValue(let definition, let name): "\(name) <\(definition.valueName)>  \(definition.help.abstract)"
        case .refused(let definition, let name, _, _):
            "\(name.map { "\($0) " } ?? "")<\(definition.valueName)>  \(definition.help.abstract)"
        case .unwantedValue, .unknownOption, .unexpected, .invalid, .unknownShell, .missingFolder: nil
        }
    }

    private static func list(_ values: [String]) -> String {
        let quoted = values.map { "'\($0)'" }
        return switch values.count {
        case 0: ""
        case 1, 2: ". Please provide one of \(quoted.joined(separator: " and "))."
        case 3...5:
            ". Please provide one of \(quoted.dropLast().joined(separator: ", ")) or \(quoted.last!)."
        default: ". Please provide one of the following:\n" + values.map { "  - \($0)" }.joined(separator: "\n")
        }
    }

    /// What may be meant by a word that is not known.
    func meant(_ tool: CommandTool) -> String? {
        switch self {
        case .unexpected(_, let near): near
        case .unknownOption(let name, let definitions) where name.hasPrefix("--"):
            tool.nearMiss(String(name.dropFirst(2)), definitions.filter { !$0.isPositional }.map(\.longName))
                .map { "--\($0)" }
        default: nil
        }
    }
}
