import CommandArguments
import FlowFiles
import QuickCommands
import WebhookServer

/// Where what a flow file looks up comes from.
struct LookupArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A PEM file with the certificate authorities that look-ups trust (default: the system's).",
            valueName: "file"), completion: .file())
    var lookupCaFile: String?

    @Flag(
        help: """
            For tests: answer look-ups from the call's variable lookups, which a scenario sets, and never from the network.
            """)
    var mockLookups = false

    func validate() throws {
        if mockLookups, lookupCaFile != nil {
            throw ValidationError("--lookup-ca-file is for look-ups over the network; --mock-lookups makes none")
        }
    }

    /// - Throws: the exit code, having told why, if the certificates can't be read.
    func source() throws -> LookupSource {
        guard !mockLookups else { return .variables }
        do throws(WebhookServerError) {
            return .network(try LookupClient(certificates: lookupCaFile).exchange)
        } catch {
            Console.note("rtmedia: \(error.code == .noTLS ? "--lookup-ca-file: \(error.reason)" : "\(error)")")
            throw ExitStatus.configuration
        }
    }
}
