import ArgumentParser
import CallFlows
import Files
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
        switch (credentials, Environment["RTMEDIA_LOGIN"], Environment["RTMEDIA_PASSWORD"]) {
        case (let file?, nil, nil): return try read(file)
        case (nil, nil, nil): return nil
        case (nil, let login?, let password?):
            guard !login.contains(":") else { throw problem("RTMEDIA_LOGIN: a login has no colon") }
            guard !login.isEmpty, !password.isEmpty else {
                throw problem("RTMEDIA_LOGIN and RTMEDIA_PASSWORD must not be empty")
            }
            return BasicCredentials(login: login, password: password)
        case (nil, _, _): throw problem("RTMEDIA_LOGIN and RTMEDIA_PASSWORD are set both, or neither")
        default: throw problem("--credentials or RTMEDIA_LOGIN and RTMEDIA_PASSWORD, not both")
        }
    }

    private func read(_ file: String) throws -> BasicCredentials {
        let bytes: [UInt8]
        do throws(PrivateFileError) { bytes = try PrivateFile(file).read() } catch { throw problem("\(error)") }
        let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
            throw problem("\(file): its first line must be login:password")
        }
        let password = String(line[colon...].dropFirst())
        guard !password.isEmpty else { throw problem("\(file): the password must not be empty") }
        return BasicCredentials(login: String(line[..<colon]), password: password)
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
