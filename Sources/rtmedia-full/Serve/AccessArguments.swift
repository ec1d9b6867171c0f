import CommandArguments
import QuickCommands
import WebhookServer

/// Who is let in, and how the server proves who it is.
struct AccessArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A file with login:password, which only you can read, in place of RTMEDIA_LOGIN and RTMEDIA_PASSWORD.",
            valueName: "file"),
        completion: .file())
    var credentials: String?

    @Option(
        help: ArgumentHelp(
            "A file with the certificate and those that lead to an authority's, PEM: makes it https.", valueName: "file"
        ), completion: .file())
    var certificate: String?

    @Option(
        help: ArgumentHelp("A file with the certificate's private key, PEM.", valueName: "file"), completion: .file())
    var key: String?

    @Flag(help: "Show GET /metrics to everybody, where the webhook asks for a login.")
    var openMetrics = false

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key go together")
        }
    }

    /// What the platform authenticates itself with; nil lets everybody in.
    func basicCredentials() throws -> BasicCredentials? {
        try Credentials(file: credentials).map { BasicCredentials(login: $0.login, password: $0.password) }
    }

    /// What the server proves who it is with; nil speaks plain HTTP.
    func identity() throws -> TLSIdentity? {
        guard let certificate, let key else { return nil }
        do throws(WebhookServerError) { return try TLSIdentity(certificate: certificate, key: key) } catch {
            throw problem(error.code == .noTLS ? "--certificate: \(error.reason)" : "\(error)")
        }
    }

    private func problem(_ message: String) -> ExitCode {
        Console.note("rtmedia: \(message)")
        return ExitStatus.configuration
    }
}
