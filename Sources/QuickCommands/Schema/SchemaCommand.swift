import CommandArguments
import RealTimeAPI

/// `rtmedia schema`.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print a JSON Schema (draft 2020-12) of the API's messages.",
        discussion: """
            Its root accepts a response; $defs holds Request, Response, and an entry per command. It is made of the \
            definitions that validate uses.
            """
    )

    func run() throws {
        Console.data(lines: JSONSchema.text)
        try Console.checkData()
    }
}
