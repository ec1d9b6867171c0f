package import CommandArguments
import Files

/// The run of a program: which command its words ask for, and what its exit code is.
package struct CommandRun {
    private let tool: CommandTool
    private let words = Array(CommandLine.arguments.dropFirst())

    /// - Parameter tool: the commands that there are.
    package init(tool: CommandTool) { self.tool = tool }

    /// The command that the words ask for; nil if they ask for something else, which has been done.
    ///
    /// Ends the process if neither can be.
    package func command() -> (any ParsableCommand)? {
        do { return try requested() } catch { end(error) }
    }

    private func requested() throws -> (any ParsableCommand)? {
        OwnProcess.heedChildren()
        OwnProcess.tellLackOfMemory(
            "rtmedia: there is too little memory for this; allow more (ulimit -v), or do less at a time\n",
            to: Console.error, status: ExitStatus.system.rawValue)
        if let dashed = DashedName(in: words) {
            Console.note("rtmedia: \(dashed.advice)")
            throw ExitStatus.usage
        }
        if let dashed = DashedText(in: words) {
            Console.note("rtmedia: \(dashed.advice)")
            throw ExitStatus.usage
        }
        switch try tool.request(words, width: Console.helpWidth, shell: Environment["SHELL"]) {
        case .run(let command): return command
        case .tell(let text):
            if let failure = Console.write(text + "\n", to: Console.output) {
                Console.note("rtmedia: standard output: writing failed: \(failure.reason)")
                throw ExitStatus.inputOutput
            }
        case .writeManual(let folder): try writeManual(folder)
        }
        return nil
    }

    private func writeManual(_ folder: String) throws {
        do throws(SystemError) {
            try Folder.make(folder)
            for page in ManualPage.pages(of: tool) {
                try AtomicFile.write(Array(page.text.utf8), to: PathName.join(folder, page.file), replacing: true)
            }
        } catch {
            Console.note("rtmedia: \(error.path): \(error.reason)")
            throw ExitStatus.cannotCreate
        }
    }

    /// Ends the process with the exit code that an error stands for, having told what is to be told.
    package func end(_ error: any Error) -> Never {
        switch error {
        case let code as ExitCode: OwnProcess.exit(code.rawValue)
        // Arguments are told in it, as they were given.
        case let error as UsageError: Console.note(lines: error.description)
        // Found out after parsing: a sentence says more than the usage of the whole tool.
        case let error as ValidationError: Console.note("rtmedia: \(error.message)")
        default:
            Console.note(lines: "Error: \(error)")
            OwnProcess.exit(1)
        }
        OwnProcess.exit(ExitStatus.usage.rawValue)
    }
}
