import CallSimulation
import CommandArguments
import QuickCommands

/// The options that say whose certificates are taken of a handler at `https://`.
struct CertificateArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A PEM file with the certificate authorities that are trusted for a handler at https:// (default: the system's).",
            valueName: "file"),
        completion: .file())
    var caFile: String?

    @Flag(help: "Accept any certificate of a handler at https://.")
    var insecure = false

    func validate() throws {
        guard caFile == nil || !insecure else {
            throw ValidationError("--insecure accepts any certificate: --ca-file has no effect with it")
        }
    }

    var verification: CertificateVerification {
        insecure ? .anything : caFile.map { .certificates(file: $0) } ?? .system
    }
}
