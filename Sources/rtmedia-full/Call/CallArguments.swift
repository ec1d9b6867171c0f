import CallSimulation
import CommandArguments
import QuickCommands
import RealTimeAPI

/// The options that say what a handler is sent, and how patient the platform is.
struct CallArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The app that the call belongs to (default: 4346423A).", valueName: "text"))
    var app: String?

    @Option(help: ArgumentHelp("The number that was called (default: +33612345678).", valueName: "number"))
    var number: String?

    @Option(help: ArgumentHelp("The caller's number (default: +33123456789).", valueName: "number"))
    var cliNumber: String?

    @Option(help: ArgumentHelp("The caller's name (default: none).", valueName: "text"))
    var cliName: String?

    @Option(help: ArgumentHelp("The custom field of the call's record (default: none).", valueName: "text"))
    var cdrField: String?

    @Option(
        help: ArgumentHelp("The variables of the first request, a JSON object (default: {}).", valueName: "json"),
        transform: parseVariables)
    var variables: JSONText?

    @Option(
        help: ArgumentHelp(
            """
            A file with login:password, which only you can read, in place of RTMEDIA_LOGIN and RTMEDIA_PASSWORD, or of those \
            in the URL.
            """, valueName: "file"),
        completion: .file())
    var credentials: String?

    @Option(
        help: ArgumentHelp(
            "How long an answer may take, in seconds; more for a handler in a debugger (default: 5, as the platform's).",
            valueName: "seconds"))
    var patience: Double?

    @Option(
        help: ArgumentHelp(
            """
            How often a request is sent again after a lost connection or a status of 5xx, 0...10 (default: 0; the platform's \
            page does not mention retries).
            """, valueName: "n"))
    var retries: Int?

    @Flag(
        help: """
            Keep the variables and the command_id of the answer before if an answer leaves them out; without this flag they \
            become {} and 0.
            """)
    var keepState = false

    func validate() throws {
        if let patience, !(patience > 0 && patience <= 86_400) {
            throw ValidationError("--patience \(patience): must be over 0 and 86400 s at the most")
        }
        if let retries, !(0...CallSetup.maximumRetries).contains(retries) {
            throw ValidationError("--retries \(retries): must lie in 0...\(CallSetup.maximumRetries)")
        }
    }

    /// Takes over what is given.
    func apply(to setup: inout CallSetup) throws {
        setup.app = app ?? setup.app
        setup.number = number ?? setup.number
        setup.callerNumber = cliNumber ?? setup.callerNumber
        setup.callerName = cliName ?? setup.callerName
        setup.customField = cdrField ?? setup.customField
        setup.variables = variables ?? setup.variables
        if let patience { setup.patience = .seconds(patience) }
        setup.retries = retries ?? setup.retries
        setup.keepsState = keepState
        // The URL's own come before those of the environment.
        if credentials != nil || !setup.handler.hasCredentials, let found = try Credentials(file: credentials) {
            setup.handler = setup.handler.with(login: found.login, password: found.password)
        }
    }
}

private func parseVariables(_ text: String) throws -> JSONText {
    do {
        let json = try JSONText(text)
        guard json.isObject else {
            throw ValidationError("'\(text.excerpt)' is no JSON object, as in {\"customer\":7}")
        }
        return json
    } catch let error as JSONError { throw ValidationError("'\(text.excerpt)' is \(error)") }
}
