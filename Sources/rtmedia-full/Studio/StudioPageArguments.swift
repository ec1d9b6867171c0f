import CommandArguments

/// The options that say where the page is, and who opens it.
struct StudioPageArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The address to listen on; 0.0.0.0 for all.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on, 0...65535; 0 for one that is free.", valueName: "number"))
    var port = 8090

    @Flag(help: "Open the page in the browser, with xdg-open.")
    var open = false

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is \(port); allowed are 0...65535") }
    }
}
