import CommandArguments
import Studio

/// The options that say which prompts the page lists.
struct StudioPromptArguments: ParsableArguments {
    @Option(
        name: .customLong("prompts"),
        help: ArgumentHelp(
            "A folder of prompts, as say --sheet makes it: the page Prompts lists and plays them.", valueName: "folder"),
        completion: .directory)
    var path: String?

    @Option(
        help: ArgumentHelp(
            "The sheet that they are made of: what each says stands beside it, and what is missing.", valueName: "file"),
        completion: .file())
    var sheet: String?

    func validate() throws {
        if sheet != nil, path == nil { throw ValidationError("--sheet needs --prompts, the folder of its prompts") }
    }

    /// What has to be there.
    var files: [String] { [path, sheet].compactMap { $0 } }

    /// The prompts as they are whenever the page asks.
    var folder: PromptFolder? {
        path.map { [sheet] path in
            PromptFolder(path) { () throws(StudioTool.Failure) in
                do { return try PromptListing(path, sheet: sheet).prompts } catch {
                    throw StudioTool.Failure("\(error)")
                }
            }
        }
    }
}
