import CommandArguments
import Files
import QuickCommands

/// The tool.
///
/// It has the commands that start quickly; for all others it becomes `rtmedia-full`, which has them all.
@main
enum RTMedia {
    static func main() {
        let words = CommandLine.arguments.dropFirst()
        if let name = words.first, QuickCommands.tool.command(named: name) != nil {
            let run = CommandRun(tool: QuickCommands.tool)
            do { try run.command()?.run() } catch { run.end(error) }
        } else if words == ["--version"] {
            Console.data(QuickCommands.tool.version)
        } else {
            becomeWholeTool(words.first)
        }
    }

    private static let whole = "rtmedia-full"
    private static let variable = "RTMEDIA_FULL"

    /// Has the program beside this one do it, or that which the environment names.
    private static func becomeWholeTool(_ command: String?) -> Never {
        let beside = OwnProcess.executable.map { PathName($0).folder + whole }
        let named = Environment[variable]
        let places = [beside, named].compactMap { $0 }
        // If none is executable, the first that exists: to start it tells why not.
        let found = places.first(where: FileAccess.canExecute) ?? places.first(where: FileAccess.exists)
        let reason: String
        if let found {
            reason = "\(found): can't be started: \(OwnProcess.become(found).reason)"
        } else {
            reason =
                "\(whole): is \(named.map { "neither at \($0) (\(variable)) nor" } ?? "not") beside "
                + "\(OwnProcess.executable ?? "this program"); \(command ?? "help") needs it: install both, as they were built"
        }
        Console.note("rtmedia: \(reason)")
        OwnProcess.exit(ExitStatus.unavailable.rawValue)
    }
}
