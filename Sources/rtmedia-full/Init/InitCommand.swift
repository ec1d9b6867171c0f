import AudioConversion
import CommandArguments
import Files
import QuickCommands

/// `rtmedia init`.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a handler to begin with, scenarios for it, and the file that runs them in CI.",
        discussion: """
            The handler is a voicemail, in one file without dependencies (in Swift a package that depends on rtmedia), which \
            passes rtmedia call --explore and --faults: a caller who talks during the greeting leaves a message, hears it, and \
            keeps it or records it again. Never replaces a file. Prints the names of the files on standard output, and what to \
            do next on standard error.
            """)

    @Argument(help: "What the handler is written in: node, php, python, go, swift or flow, a flow file.")
    var kind: HandlerTemplate

    @Argument(help: "The folder to write to; it is made if it is not there.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Whose CI runs the scenarios: github or gitlab.", valueName: "service"))
    var ci = CIService.github

    func run() throws {
        let files = kind.files + HandlerTemplate.scenarios + [kind.file(for: ci)]
        // All or nothing, as far as that can be known before.
        for file in files where FileAccess.exists(path(file)) {
            Console.note("rtmedia: \(path(file)): exists already; nothing was written")
            throw ExitStatus.cannotCreate
        }
        for file in files {
            do throws(ConversionError) {
                try OutputFile.createFolder(of: path(file))
                try OutputFile.write(file.content, to: path(file), replacing: false)
            } catch {
                Console.note("rtmedia: \(error)")
                throw ExitStatus.code(for: error)
            }
            Console.data(path(file))
        }
        try Console.checkData()
        if let advice = kind.advice { Console.note("rtmedia: \(advice)") }
        Console.note("rtmedia: \(ci.path) names where the packages of rtmedia are: name yours")
        Console.note("rtmedia: try it in \(folder): \(trial)")
    }

    private func path(_ file: HandlerTemplate.File) -> String { PathName.join(folder, file.path) }

    private var trial: String {
        let patience = kind.patience > 30 ? " --wait \(kind.patience)" : ""
        return "rtmedia call http://127.0.0.1:8080/ calls/ --start '\(kind.command)'\(patience)"
    }
}
