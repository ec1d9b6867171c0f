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
            "A PEM file with the certificate and its chain; makes the server https.", valueName: "file"
        ), completion: .file())
    var certificate: String?

    @Option(
        help: ArgumentHelp("A PEM file with the certificate's private key.", valueName: "file"), completion: .file())
    var key: String?

    @Flag(help: "Show GET /metrics without a login, even if the webhook needs one.")
    var openMetrics = false

    func validate() throws {
        guard (certificate == nil) == (key == nil) else {
            throw ValidationError("--certificate and --key go together")
        }
    }

    /// Whether the server speaks TLS.
    var isEncrypted: Bool { certificate != nil }

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
