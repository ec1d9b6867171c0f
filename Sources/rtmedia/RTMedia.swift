import ArgumentParser
import Files

/// The command-line tool.
@main
struct RTMedia: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rtmedia",
        abstract: "The media side of phone calls that a Real-Time call-control API drives.",
        version: "0.1.0",
        subcommands: [
            ConvertCommand.self, InspectCommand.self, DetectCommand.self, SayCommand.self, VoicesCommand.self,
            ServeCommand.self, CallCommand.self, TuneCommand.self, LevelsCommand.self, ValidateCommand.self,
            SchemaCommand.self,
        ]
    )

    /// Parses and runs, and appends its examples to a subcommand's help.
    static func main() async {
        OwnProcess.heedChildren()
        do {
            if let dashed = DashedName(in: CommandLine.arguments.dropFirst()) {
                Console.note("rtmedia: \(dashed.advice)")
                throw ExitStatus.usage
            }
            if let dashed = DashedText(in: CommandLine.arguments.dropFirst()) {
                Console.note("rtmedia: \(dashed.advice)")
                throw ExitStatus.usage
            }
            var command = try parseAsRoot()
            do {
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            } catch let error as ValidationError {
                // Found out after parsing: a sentence says more than the usage of the whole tool.
                Console.note("rtmedia: \(error.message)")
                throw ExitStatus.usage
            }
        } catch {
            let message = fullMessage(for: error)
            guard exitCode(for: error) == .success else {
                // Arguments are told in it, as they were given.
                if !message.isEmpty { Console.note(lines: message) }
                OwnProcess.exit(exitCode(for: error).rawValue)
            }
            guard message.contains("USAGE: ") else { exit(withError: error) }
            let examples = (Examples.all.first { message.contains("USAGE: rtmedia \($0.key)") }?.value).map {
                "\n" + $0
            }
            print(message + (examples ?? ""))
        }
    }
}
