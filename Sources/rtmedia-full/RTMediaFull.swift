import CommandArguments
import QuickCommands

/// The whole tool: all commands, and what is made of all their arguments: help, completions, manual.
@main
enum RTMediaFull {
    static func main() async {
        let run = CommandRun(tool: tool)
        guard let command = run.command() else { return }
        do {
            if let command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch { run.end(error) }
    }

    private static let tool = CommandTool(
        name: QuickCommands.tool.name, abstract: QuickCommands.tool.abstract, version: QuickCommands.tool.version,
        commands: [
            QuickCommands.convert, QuickCommands.inspect, QuickCommands.detect, SayCommand.self, VoicesCommand.self,
            ServeCommand.self, CallCommand.self, InitCommand.self, TuneCommand.self, LevelsCommand.self,
            StudioCommand.self, QuickCommands.validate, QuickCommands.schema,
        ],
        examples: Examples.all, nearMiss: QuickCommands.tool.nearMiss)
}
