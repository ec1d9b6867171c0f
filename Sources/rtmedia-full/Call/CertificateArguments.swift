import CallSimulation
import CommandArguments
import QuickCommands

/// The options that say whose certificates are taken of a handler at `https://`.
struct CertificateArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The certificates, PEM, of which one has to have signed that of a handler at https:// (default: the system's).",
            valueName: "file"),
        completion: .file())
    var caFile: String?

    @Flag(help: "Take any certificate of a handler at https://.")
    var insecure = false

    func validate() throws {
        guard caFile == nil || !insecure else {
            throw ValidationError("--insecure takes any certificate: --ca-file is of no use beside it")
        }
    }

    var verification: CertificateVerification {
        insecure ? .anything : caFile.map { .certificates(file: $0) } ?? .system
    }
}
