/// The help of a tool or of one of its commands.
struct HelpText {
    /// A line of two columns.
    private struct Entry {
        let label: String
        let text: String
    }

    private struct Section {
        let title: String
        var entries: [Entry]
    }

    /// How it is called, behind "USAGE: ".
    let usage: String
    private let overview: String
    private let sections: [Section]
    private let ending: String?

    /// What every command has.
    static let common = [("--version", "Show the version."), ("-h, --help", "Show help information.")]
    private static let commonEntries = common.map { Entry(label: $0.0, text: $0.1) }

    /// The tool's.
    init(_ tool: CommandTool) {
        usage = "\(tool.name) <subcommand>"
        overview = tool.abstract
        let commands = tool.commands.map { Entry(label: $0.configuration.commandName, text: $0.configuration.abstract) }
        sections = [
            Section(title: "OPTIONS", entries: Self.commonEntries), Section(title: "SUBCOMMANDS", entries: commands),
        ]
        ending = "  See '\(tool.name) help <subcommand>' for detailed help."
    }

    /// A command's.
    init(_ tool: CommandTool, _ command: any ParsableCommand) {
        let configuration = type(of: command).configuration
        let definitions = command.definitions
        usage = Self.usage("\(tool.name) \(configuration.commandName)", definitions)
        overview =
            configuration.abstract + (configuration.discussion.isEmpty ? "" : "\n\n\(configuration.discussion)")
        var titled: [Section] = []
        for definition in definitions {
            guard let title = definition.section else { continue }
            let entry = Entry(label: definition.label, text: definition.description)
            if let index = titled.firstIndex(where: { $0.title == title }) {
                titled[index].entries.append(entry)
            } else {
                titled.append(Section(title: title, entries: [entry]))
            }
        }
        func entries(_ isIncluded: (ArgumentDefinition) -> Bool) -> [Entry] {
            definitions.filter { $0.section == nil && isIncluded($0) }
                .map { Entry(label: $0.label, text: $0.description) }
        }
        sections =
            [Section(title: "ARGUMENTS", entries: entries(\.isPositional))] + titled
            + [Section(title: "OPTIONS", entries: entries { !$0.isPositional } + Self.commonEntries)]
        ending = tool.examples[configuration.commandName]
    }

    /// All arguments; of many only those that must be given, or have no name.
    private static func usage(_ name: String, _ definitions: [ArgumentDefinition]) -> String {
        guard definitions.count > 12 else {
            return ([name] + definitions.map { $0.synopsis() }).joined(separator: " ")
        }
        let needed = definitions.filter { $0.isPositional || !$0.isOptional }
        return ([name, "[<options>]"] + needed.map { $0.synopsis() }).joined(separator: " ")
    }

    /// How wide the column of names is.
    private static let labelWidth = 26

    /// - Parameter width: in columns.
    func text(width: Int) -> String {
        let parts = sections.filter { !$0.entries.isEmpty }.map { section in
            "\(section.title):\n" + section.entries.map { Self.line($0, width) + "\n" }.joined()
        }
        let head = "\(wrapped("OVERVIEW: \(overview)", width: width))\n\nUSAGE: \(usage)\n\n"
        return head + parts.joined(separator: "\n") + (ending.map { "\n\($0)" } ?? "")
    }

    private static func line(_ entry: Entry, _ width: Int) -> String {
        let label = "  \(entry.label)"
        let text = wrapped(entry.text, width: width, indent: labelWidth)
        guard !text.isEmpty else { return label }
        guard label.count < labelWidth else { return "\(label)\n\(text)" }
        return label + text.dropFirst(label.count)
    }
}

/// A text whose lines are broken at spaces.
private func wrapped(_ text: String, width: Int, indent: Int = 0) -> String {
    let room = max(1, width - indent)
    let margin = String(repeating: " ", count: indent)
    var lines: [Substring] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
        var rest = paragraph
        while rest.count > room {
            let space = rest.prefix(room).lastIndex(of: " ") ?? rest.firstIndex(of: " ")
            guard let space else { break }
            lines.append(rest[..<space])
            rest = rest[rest.index(after: space)...]
        }
        lines.append(rest)
    }
    return lines.map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
}
