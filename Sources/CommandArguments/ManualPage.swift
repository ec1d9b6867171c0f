/// A page of the manual, in the language of `man`.
package struct ManualPage {
    /// The file's name, as in `rtmedia-convert.1`, which `man rtmedia convert` finds.
    package let file: String
    package let text: String

    /// The pages of a tool: its own, and one for each command.
    package static func pages(of tool: CommandTool) -> [ManualPage] {
        let own = ManualPage(
            tool, named: tool.name, abstract: tool.abstract, synopsis: "\(tool.name) <subcommand>",
            body: heading("COMMANDS")
                + tool.commands.map {
                    term("\(tool.name)-\($0.configuration.commandName)(1)", $0.configuration.abstract)
                }.joined())
        return [own] + tool.commands.map { ManualPage(tool, $0.init()) }
    }

    private init(_ tool: CommandTool, _ command: any ParsableCommand) {
        let configuration = type(of: command).configuration
        let help = HelpText(tool, command)
        let arguments = command.definitions.map { Self.term($0.label, $0.description) }
        let common = HelpText.common.map { Self.term($0.0, $0.1) }
        let discussion = configuration.discussion.split(separator: "\n\n").map { ".PP\n\(Self.escaped($0))\n" }
        let examples = tool.examples[configuration.commandName].map { text in
            Self.heading("EXAMPLES") + ".nf\n"
                + text.split(separator: "\n").dropFirst().map { Self.escaped($0) + "\n" }.joined() + ".fi\n"
        }
        self.init(
            tool, named: "\(tool.name)-\(configuration.commandName)", abstract: configuration.abstract,
            synopsis: help.usage,
            body: (discussion.isEmpty ? "" : Self.heading("DESCRIPTION") + discussion.joined())
                + Self.heading("OPTIONS") + (arguments + common).joined() + (examples ?? ""))
    }

    private init(_ tool: CommandTool, named name: String, abstract: String, synopsis: String, body: String) {
        file = "\(name).1"
        text =
            ".TH \"\(name.uppercased())\" 1 \"\" \"\(tool.name) \(tool.version)\"\n" + Self.heading("NAME")
            + "\(Self.escaped(name)) \\- \(Self.escaped(abstract))\n" + Self.heading("SYNOPSIS")
            + "\(Self.escaped(synopsis))\n" + body
    }

    private static func heading(_ text: String) -> String { ".SH \(text)\n" }

    private static func term(_ label: String, _ text: String) -> String {
        ".TP\n\\fB\(escaped(label))\\fR\n\(escaped(text))\n"
    }

    /// Text in which nothing is a command of `man`'s.
    private static func escaped(_ text: some StringProtocol) -> String {
        let text = String(text)
        let escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
    }
}
